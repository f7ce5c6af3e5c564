// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_tokens.h"

#include <gtest/gtest.h>

#include <QList>

namespace gx::wire {
namespace {

// Every token's bytes with a space between; ends in "!" for a bad text.
QByteArray tokensOf(const QByteArray &text, int maxDepth = 32) {
  JsonTokens tokens(text, maxDepth);
  QByteArray out;
  for (JsonToken token = tokens.next(); token != JsonToken::End; token = tokens.next()) {
    if (token == JsonToken::Bad) return out + '!';
    out += tokens.token().toByteArray() + ' ';
  }
  return out;
}

TEST(JsonTokens, CutsATextIntoItsParts) {
  EXPECT_EQ(tokensOf(" {\"a\" : [1,-2.5e+3 , true,false,null] ,\"b\":{}} "),
            "{ \"a\" [ 1 -2.5e+3 true false null ] \"b\" { } } ");
  EXPECT_EQ(tokensOf("\"\""), "\"\" ");
  EXPECT_EQ(tokensOf("\t\r\n0"), "0 ");
  EXPECT_EQ(tokensOf("[[],{\"\":[{}]}]"), "[ [ ] { \"\" [ { } ] } ] ");
}

TEST(JsonTokens, RefusesWhatRfc8259DoesNotAllow) {
  for (const char *text : {"",
                           " ",
                           "[",
                           "]",
                           "{",
                           "}",
                           "[1",
                           "[1,",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "[1}",
                           "{]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{\"a\" 1}",
                           "{a:1}",
                           "{'a':1}",
                           "{1:1}",
                           "{\"a\":1 \"b\":2}",
                           "{,}",
                           "1 2",
                           "[] []",
                           "tru",
                           "True",
                           "nul",
                           "nan",
                           "NaN",
                           "Infinity",
                           "-",
                           "-a",
                           "+1",
                           "01",
                           "-01",
                           "1.",
                           ".5",
                           "1.e1",
                           "1e",
                           "1e+",
                           "0x10",
                           "1_000",
                           "\"",
                           "\"\\\"",
                           "\"\\x41\"",
                           "\"\\u12\"",
                           "\"\\u12g4\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\ud800x\"",
                           "\"\\udc00\"",
                           "\"\\ud83d\\ud83d\"",
                           "\"tab\there\"",
                           "\"line\nhere\"",
                           "\"\x80\"",
                           "\"\xed\xa0\x80\"",
                           "\"\xc0\xaf\"",
                           "// note\n1",
                           "/**/1",
                           "\xef\xbb\xbf{}",
                           "'a'",
                           "[1;2]",
                           "undefined"})
    EXPECT_TRUE(tokensOf(text).endsWith('!')) << text;
  EXPECT_TRUE(tokensOf(QByteArray("[1]\0", 4)).endsWith('!'));
  EXPECT_TRUE(tokensOf(QByteArray("\"a\0b\"", 5)).endsWith('!'));
  EXPECT_TRUE(tokensOf(QByteArray("\"\\\0\"", 4)).endsWith('!'));
}

TEST(JsonTokens, TakesEveryKindOfString) {
  for (const char *text :
       {"\"plain\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\uD83D\\uDE00\"",
        "\"\xc3\xa9\xf0\x9f\x98\x80 and more than eight bytes\"", "\"12345678\"", "\"1234567\\n\"", "\"\x7f\""})
    EXPECT_FALSE(tokensOf(text).endsWith('!')) << text;
}

TEST(JsonTokens, FindsSpecialBytesAtEveryPlaceOfAWord) {
  for (int place = 0; place < 80; ++place) {
    for (const QByteArray &bad : {QByteArray("\x1f"), QByteArray("\\"), QByteArray("\xff"), QByteArray("\0", 1)}) {
      QByteArray text = '"' + QByteArray(80, 'x') + '"';
      text.replace(1 + place, 1, bad);
      EXPECT_TRUE(tokensOf(text).endsWith('!')) << place << ' ' << bad.toHex().constData();
    }
    QByteArray closed = '"' + QByteArray(80, 'x') + '"';
    closed[1 + place] = '"';
    EXPECT_TRUE(tokensOf(closed).endsWith('!')) << "text after the value";
  }
}

TEST(JsonTokens, TellsWhetherTheLastStringHadEscapes) {
  JsonTokens tokens(R"(["a","b\n","c",{"d\u0041":"e"}])", 32);
  QByteArray escaped;
  for (JsonToken token = tokens.next(); token != JsonToken::End; token = tokens.next())
    if (token == JsonToken::String || token == JsonToken::Key) escaped += tokens.hasEscape() ? '1' : '0';

  EXPECT_EQ(escaped, "01010");
}

TEST(JsonTokens, LimitsTheDepth) {
  const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };

  EXPECT_FALSE(tokensOf(nested(32)).endsWith('!'));
  EXPECT_TRUE(tokensOf(nested(33)).endsWith('!'));
  EXPECT_FALSE(tokensOf(nested(64), 1000).endsWith('!')) << "kDeepest holds";
  EXPECT_TRUE(tokensOf(nested(65), 1000).endsWith('!'));
  EXPECT_TRUE(tokensOf(QByteArray(100'000, '[')).endsWith('!'));
}

TEST(JsonTokens, StaysBadAndNamesThePlace) {
  JsonTokens tokens("[1,x]", 32);
  while (tokens.next() != JsonToken::Bad) {
  }

  EXPECT_EQ(tokens.next(), JsonToken::Bad);
  EXPECT_EQ(tokens.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(tokens.error().detail, "json: no value at byte 3");
}

}  // namespace
}  // namespace gx::wire
