// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/line_editor.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using Key = LineEditor::Key;

TEST(LineEditor, InsertsAtTheCursor) {
  LineEditor editor;
  editor.insert(u"helo"_s);
  editor.press(Key::Left);
  editor.insert(u"l"_s);

  EXPECT_EQ(editor.text(), u"hello"_s);
  EXPECT_EQ(editor.take(), u"hello"_s);
  EXPECT_TRUE(editor.text().isEmpty());
  EXPECT_EQ(editor.cursor(), 0);
}

TEST(LineEditor, TreatsAFamilyAsOneCharacter) {
  LineEditor editor;
  editor.insert(u"a👨‍👩‍👧"_s);

  editor.press(Key::Backspace);

  EXPECT_EQ(editor.text(), u"a"_s);
}

TEST(LineEditor, StopsAtBothEnds) {
  LineEditor editor;
  editor.press(Key::Left);
  editor.press(Key::Backspace);
  editor.press(Key::Right);
  editor.press(Key::Delete);
  EXPECT_TRUE(editor.text().isEmpty());

  editor.insert(u"ab"_s);
  editor.press(Key::Home);
  editor.press(Key::Delete);
  EXPECT_EQ(editor.text(), u"b"_s);
  editor.press(Key::End);
  editor.press(Key::Delete);
  EXPECT_EQ(editor.text(), u"b"_s);
}

TEST(LineEditor, ClearsAWordOrTheLine) {
  LineEditor editor;
  editor.insert(u"one two  "_s);

  editor.press(Key::ClearWord);
  EXPECT_EQ(editor.text(), u"one "_s);
  editor.press(Key::ClearLine);
  EXPECT_TRUE(editor.text().isEmpty());
}

}  // namespace
}  // namespace gx::cli
