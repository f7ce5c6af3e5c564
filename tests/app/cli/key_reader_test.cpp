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

TEST(KeyReader, AKeyMayBeCutAnywhere) {
  for (const QByteArray &key : {"\x1b[3~"_ba, "\x1b[5~"_ba, "\x1b[6~"_ba, "\x1b[1~"_ba, "\x1b[A"_ba, "\x1bOH"_ba}) {
    const auto whole = KeyReader().take(key);
    ASSERT_EQ(whole.size(), 1U);
    for (qsizetype cut = 1; cut < key.size(); ++cut) {
      KeyReader reader;
      EXPECT_TRUE(reader.take(key.left(cut)).empty()) << key.mid(1).constData() << " cut at " << cut;
      EXPECT_EQ(reader.take(key.mid(cut)), whole) << key.mid(1).constData() << " cut at " << cut;
    }
  }
}

TEST(KeyReader, AnEndlessSequenceIsDropped) {
  KeyReader reader;

  EXPECT_TRUE(reader.take("\x1b[" + QByteArray(40, '1')).empty());
  const auto presses = reader.take("x");

  ASSERT_EQ(presses.size(), 1U);
  EXPECT_EQ(presses[0].text, u"x"_s);
}

TEST(KeyReader, APasteMayComeInPiecesAndHoldAnything) {
  KeyReader reader;
  EXPECT_TRUE(reader.take("\x1b[20").empty());
  EXPECT_TRUE(reader.take("0~one\ttwo\x03").empty());
  EXPECT_TRUE(reader.take("three\x1b[20").empty());

  const auto presses = reader.take("1~\r");

  ASSERT_EQ(presses.size(), 2U);
  EXPECT_EQ(presses[0].text, u"one two three"_s);
  EXPECT_EQ(presses[1].kind, Kind::Enter);
}

TEST(KeyReader, KnowsTheKeysOfAShell) {
  const struct {
    const char *bytes;
    LineEditor::Key key;
  } cases[] = {
      {"\x01", LineEditor::Key::Home},      {"\x05", LineEditor::Key::End},       {"\x08", LineEditor::Key::Backspace},
      {"\x7f", LineEditor::Key::Backspace}, {"\x15", LineEditor::Key::ClearLine}, {"\x17", LineEditor::Key::ClearWord},
      {"\x1b[C", LineEditor::Key::Right},   {"\x1b[D", LineEditor::Key::Left},    {"\x1b[H", LineEditor::Key::Home},
      {"\x1bOF", LineEditor::Key::End},     {"\x1b[3~", LineEditor::Key::Delete}};
  for (const auto &one : cases) {
    const auto presses = KeyReader().take(one.bytes);
    ASSERT_EQ(presses.size(), 1U);
    EXPECT_EQ(presses[0], (KeyPress{Kind::Edit, {}, one.key}));
  }
}

TEST(KeyReader, OtherControlBytesMeanNothing) {
  EXPECT_TRUE(KeyReader().take("\x02\x07\x1a").empty());
  EXPECT_EQ(KeyReader().take("\t").front().text, u" "_s);
  EXPECT_EQ(KeyReader().take("\x03").front().kind, Kind::Quit);
}

TEST(KeyReader, ControlDLeaves) {
  KeyReader reader;

  EXPECT_EQ(reader.take("\x04").front().kind, Kind::Quit);
}

}  // namespace
}  // namespace gx::cli
