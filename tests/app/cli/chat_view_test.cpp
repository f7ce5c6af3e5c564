// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/chat_view.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

TEST(Columns, CountWideAndCombining) {
  EXPECT_EQ(columnsOf(u"abc"_s), 3);
  EXPECT_EQ(columnsOf(u"你好"_s), 4);
  EXPECT_EQ(columnsOf(u"e\u0301"_s), 1);
}

TEST(Wrapped, BreaksAtBlanksAndCutsLongWords) {
  EXPECT_EQ(wrapped(u"one two three"_s, 8), (QStringList{u"one two"_s, u"three"_s}));
  EXPECT_EQ(wrapped(u"abcdefghij"_s, 4), (QStringList{u"abcd"_s, u"efgh"_s, u"ij"_s}));
  EXPECT_EQ(wrapped(u"a\nb"_s, 10), (QStringList{u"a"_s, u"b"_s}));
  for (const QString &row : wrapped(u"你好 wide and narrow 你好你好你好"_s, 7)) EXPECT_LE(columnsOf(row), 7);
}

TEST(ChatView, FillsTheScreenWithTheNewestAtTheBottom) {
  ChatView view;
  view.title = u"bob@x.test"_s;
  for (int i = 0; i < 50; ++i) view.lines.append(u"line %1"_s.arg(i));
  view.typed = u"hi"_s;
  view.cursor = 2;

  const Screen screen = layOut(view, 40, 10);

  ASSERT_EQ(screen.rows.size(), 10);
  EXPECT_EQ(screen.rows[0], u"bob@x.test"_s);
  EXPECT_EQ(screen.rows[8], u"line 49"_s);
  EXPECT_EQ(screen.rows[9], u"> hi"_s);
  EXPECT_EQ(screen.cursorRow, 9);
  EXPECT_EQ(screen.cursorColumn, 4);
}

TEST(ChatView, ScrollsButNeverPastTheFirstLine) {
  ChatView view;
  for (int i = 0; i < 50; ++i) view.lines.append(u"line %1"_s.arg(i));
  view.scrolledUp = 10;
  EXPECT_EQ(layOut(view, 40, 10).rows[8], u"line 39"_s);
  view.scrolledUp = 1000;
  EXPECT_EQ(layOut(view, 40, 10).rows[1], u"line 0"_s);
}

TEST(ChatView, AnotherWidthKeepsTheLineAtTheBottom) {
  ChatView view;
  for (int i = 0; i < 50; ++i) view.lines.append(u"%1"_s.arg(i, 2, 10, QChar(u'0')) + QString(48, u'x'));
  view.scrolledUp = 10;  // ten lines of one row
  ASSERT_TRUE(layOut(view, 80, 20).rows[18].startsWith(u"39x"_s));

  view.scrolledUp = scrolledAtWidth(view, 80, 30);

  EXPECT_EQ(view.scrolledUp, 20);  // now of two
  const QStringList narrow = layOut(view, 30, 20).rows;
  EXPECT_TRUE(narrow[17].startsWith(u"39x"_s)) << narrow[17].toStdString();
  view.scrolledUp = scrolledAtWidth(view, 30, 80);
  EXPECT_EQ(view.scrolledUp, 10);
}

TEST(ChatView, AtTheEndItStaysAtTheEnd) {
  ChatView view;
  view.lines = {QString(100, u'x')};

  EXPECT_EQ(scrolledAtWidth(view, 80, 20), 0);
}

TEST(ChatView, InTheMiddleOfALineItStaysThere) {
  ChatView view;
  view.lines = {u"above"_s, QString(100, u'x')};
  view.scrolledUp = 5;  // of its ten rows

  EXPECT_EQ(scrolledAtWidth(view, 10, 20), 2);
}

TEST(ChatView, ScrolledPastTheFirstLineItIsAtTheFirst) {
  ChatView view;
  view.lines = {u"one"_s, u"two"_s};
  view.scrolledUp = 1000;

  EXPECT_EQ(scrolledAtWidth(view, 80, 40), 2);
}

TEST(ChatView, EverySizeGivesExactlyItsRows) {
  ChatView view;
  view.lines = {u"short"_s, QString(300, u'x')};
  view.notice = {u"a notice that is longer than the narrow screen is wide"_s};
  view.typed = QString(500, u'y');
  view.cursor = 500;
  for (int width = 20; width < 90; width += 7) {
    for (int height = 5; height < 40; height += 5) {
      const Screen screen = layOut(view, width, height);
      EXPECT_EQ(screen.rows.size(), height);
      EXPECT_LT(screen.cursorRow, height);
      EXPECT_LT(screen.cursorColumn, width);
      for (const QString &row : screen.rows) EXPECT_LE(columnsOf(row), width);
    }
  }
}

}  // namespace
}  // namespace gx::cli
