// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/utf8.h"

#include <gtest/gtest.h>

#include <QByteArray>

namespace gx::wire {
namespace {

TEST(Utf8, TakesEveryLengthAtItsBorders) {
  for (const char *text : {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                           "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "eight by\xc3\xa9 and more text"})
    EXPECT_TRUE(isUtf8(text)) << text;
  EXPECT_TRUE(isUtf8(QByteArrayView("\0", 1)));
}

TEST(Utf8, RefusesOverlongSurrogatesAndCutSequences) {
  for (const char *text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2 ", "\xe0\x9f\xbf", "\xe1\x80", "\xe1\x80 ",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf0\x90\x80 ", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "eight bytes and then \xfe", "\xf8\x88\x80\x80\x80"})
    EXPECT_FALSE(isUtf8(text)) << text;
}

TEST(Utf8, MeasuresOneSequence) {
  const QByteArray text = "\xf0\x9f\x98\x80x";

  EXPECT_EQ(utf8SequenceLength(text.begin(), text.end()), 4);
  EXPECT_EQ(utf8SequenceLength(text.begin(), text.begin() + 3), 0);
  EXPECT_EQ(utf8SequenceLength(text.begin() + 1, text.end()), 0);
}

}  // namespace
}  // namespace gx::wire
