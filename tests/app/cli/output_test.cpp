// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/output.h"

#include <gtest/gtest.h>

#include <QJsonDocument>

#include "tests/app/cli/captured.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CapturedStream;

QJsonObject parsedLine(const QByteArray &text) {
  return QJsonDocument::fromJson(text).object();
}

TEST(Output, SpeaksToPeopleWithoutJson) {
  const CapturedStream out(stdout);
  Output output(false);

  output.say(u"grüß dich"_s);
  output.event("sent", {{u"id"_s, u"1"_s}});

  EXPECT_EQ(out.text(), "grüß dich\n");
}

TEST(Output, SpeaksToProgramsWithJson) {
  const CapturedStream out(stdout);
  Output output(true);

  output.say(u"not for programs"_s);
  output.event("sent", {{u"id"_s, u"1"_s}});

  EXPECT_EQ(out.text().count('\n'), 1);
  EXPECT_EQ(parsedLine(out.text()), (QJsonObject{{u"type"_s, u"sent"_s}, {u"id"_s, u"1"_s}}));
}

TEST(Output, ALineBreakInATextStaysOneJsonLine) {
  const CapturedStream out(stdout);

  Output(true).event("message", {{u"text"_s, u"two\nlines"_s}});

  EXPECT_EQ(out.text().count('\n'), 1);
  EXPECT_EQ(parsedLine(out.text())[u"text"_s].toString(), u"two\nlines"_s);
}

TEST(Output, NotesGoToStandardErrorInBothModes) {
  for (const bool isJson : {false, true}) {
    const CapturedStream out(stdout);
    const CapturedStream error(stderr);

    Output(isJson).note(u"Online."_s);

    EXPECT_EQ(error.text(), "Online.\n");
    EXPECT_TRUE(out.text().isEmpty());
  }
}

TEST(Output, AProblemIsWordsAndAnEvent) {
  const CapturedStream out(stdout);
  const CapturedStream error(stderr);

  Output(true).problem({ErrorKind::Unauthorized, "line 12 of x.cpp", "wrong_credentials"});

  EXPECT_TRUE(error.text().startsWith("gx-cli: The account is unknown")) << error.text().constData();
  const QJsonObject event = parsedLine(out.text());
  EXPECT_EQ(event[u"type"_s].toString(), u"error"_s);
  EXPECT_EQ(event[u"kind"_s].toString(), u"unauthorized"_s);
  EXPECT_EQ(event[u"code"_s].toString(), u"wrong_credentials"_s);
  EXPECT_FALSE(event[u"what"_s].toString().isEmpty());
  EXPECT_FALSE(event[u"remedy"_s].toString().isEmpty());
  EXPECT_FALSE(event.contains(u"holder"_s));
  EXPECT_FALSE((error.text() + out.text()).contains("x.cpp"));
}

TEST(Output, AProfileInUseNamesItsHolder) {
  const CapturedStream out(stdout);
  const CapturedStream error(stderr);

  Output(true).problem({ErrorKind::Locked, "gx-cli, process 4711", "profile_in_use"});

  EXPECT_TRUE(error.text().contains("(gx-cli, process 4711)"));
  EXPECT_EQ(parsedLine(out.text())[u"holder"_s].toString(), u"gx-cli, process 4711"_s);
}

TEST(Output, WrongWordsAreExplained) {
  const CapturedStream error(stderr);

  Output(false).problem({ErrorKind::Invalid, "safety WHO verify", "usage"});

  EXPECT_TRUE(error.text().contains("(safety WHO verify)"));
}

TEST(Output, AFileGetsNoColours) {
  const CapturedStream out(stdout);
  const Output output(false);

  EXPECT_EQ(output.bold(u"bob"_s), u"bob"_s);
  EXPECT_EQ(output.dim(u"seen"_s), u"seen"_s);
}

}  // namespace
}  // namespace gx::cli
