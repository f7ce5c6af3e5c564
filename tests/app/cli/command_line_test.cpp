// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/command_line.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

TEST(CommandLine, OptionsMayStandAnywhere) {
  const auto line = parseCommandLine(
      {u"send"_s, u"--json"_s, u"bob@x.test"_s, u"--profile"_s, u"/p"_s, u"hello"_s, u"--relay=https://r.test"_s});

  ASSERT_TRUE(line);
  EXPECT_EQ(line->verb, u"send"_s);
  EXPECT_EQ(line->arguments, (QStringList{u"bob@x.test"_s, u"hello"_s}));
  EXPECT_EQ(line->profile, u"/p"_s);
  EXPECT_EQ(line->relay, u"https://r.test"_s);
  EXPECT_TRUE(line->json);
}

TEST(CommandLine, TwoDashesEndTheOptions) {
  const auto line = parseCommandLine({u"send"_s, u"bob"_s, u"--"_s, u"--json"_s});

  ASSERT_TRUE(line);
  EXPECT_FALSE(line->json);
  EXPECT_EQ(line->arguments, (QStringList{u"bob"_s, u"--json"_s}));
}

TEST(CommandLine, ASingleDashIsAnArgument) {
  const auto line = parseCommandLine({u"send"_s, u"bob"_s, u"-"_s});

  ASSERT_TRUE(line);
  EXPECT_EQ(line->arguments.last(), u"-"_s);
}

TEST(CommandLine, NamesWhatItDoesNotKnow) {
  const struct {
    QStringList words;
    const char *said;
  } cases[] = {{{u"--jsn"_s}, "--jsn"},
               {{u"--profile"_s}, "needs a value"},
               {{u"--json=yes"_s}, "takes no value"},
               {{u"--limit"_s, u"many"_s}, "number"},
               {{u"--limit"_s, u"0"_s}, "number"},
               {{u"--transport"_s, u"pigeon"_s}, "polling or websocket"}};
  for (const auto &one : cases) {
    const auto line = parseCommandLine(one.words);
    ASSERT_FALSE(line) << one.said;
    EXPECT_EQ(line.error().code, "usage");
    EXPECT_TRUE(line.error().detail.contains(one.said)) << line.error().detail.constData();
  }
}

}  // namespace
}  // namespace gx::cli
