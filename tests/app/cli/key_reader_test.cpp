// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/key_reader.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using Kind = KeyPress::Kind;

TEST(KeyReader, ReadsTextOfSeveralBytes) {
  KeyReader reader;
  const QByteArray bytes = u"aü👍"_s.toUtf8();
  std::vector<KeyPress> presses;
  for (const char byte : bytes)
    for (KeyPress &press : reader.take(QByteArray(1, byte))) presses.push_back(std::move(press));

  ASSERT_EQ(presses.size(), 3U);
  EXPECT_EQ(presses[0].text, u"a"_s);
  EXPECT_EQ(presses[1].text, u"ü"_s);
  EXPECT_EQ(presses[2].text, u"👍"_s);
}

TEST(KeyReader, KnowsKeysEvenInPieces) {
  KeyReader reader;
  EXPECT_TRUE(reader.take("\x1b").empty());
  EXPECT_TRUE(reader.take("[").empty());

  const auto presses = reader.take("5~\r");

  ASSERT_EQ(presses.size(), 2U);
  EXPECT_EQ(presses[0].kind, Kind::PageUp);
  EXPECT_EQ(presses[1].kind, Kind::Enter);
}

TEST(KeyReader, PasteNeverPressesEnter) {
  KeyReader reader;

  const auto presses = reader.take("\x1b[200~two\nlines\x1b[201~");

  ASSERT_EQ(presses.size(), 1U);
  EXPECT_EQ(presses[0].kind, Kind::Text);
  EXPECT_EQ(presses[0].text, u"two lines"_s);
}

TEST(KeyReader, SwallowsSequencesWithoutMeaning) {
  KeyReader reader;

  const auto presses = reader.take("\x1b[15~x");

  ASSERT_EQ(presses.size(), 1U);
  EXPECT_EQ(presses[0].text, u"x"_s);
}

TEST(KeyReader, ControlDLeaves) {
  KeyReader reader;

  EXPECT_EQ(reader.take("\x04").front().kind, Kind::Quit);
}

}  // namespace
}  // namespace gx::cli
