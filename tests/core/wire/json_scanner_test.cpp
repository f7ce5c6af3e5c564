// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_scanner.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

// "key=value;" of one level, keys left out in arrays; "!" and the reason at an error.
QByteArray walked(const QByteArray &text, int maxDepth = limits::kJsonDepth) {
  QByteArray out;
  JsonWalker walker(text, maxDepth);
  while (walker.next()) {
    if (walker.isObject()) out += walker.key().toByteArray() + '=';
    out += walker.value().toByteArray() + ';';
  }
  return walker.failed() ? out + '!' + walker.error().detail : out;
}

TEST(JsonScanner, NamesTheKindOfAValue) {
  const std::pair<const char *, JsonKind> kinds[] = {
      {"{}", JsonKind::Object}, {"[]", JsonKind::Array},     {"\"x\"", JsonKind::String},  {"-1", JsonKind::Number},
      {"0", JsonKind::Number},  {"true", JsonKind::Boolean}, {"false", JsonKind::Boolean}, {"null", JsonKind::Null}};
  for (const auto &[text, kind] : kinds) {
    EXPECT_EQ(jsonKind(text), kind) << text;
    EXPECT_EQ(validateJson(text).value(), kind) << text;
  }
}

TEST(JsonScanner, ValidatesTheWholeText) {
  EXPECT_TRUE(validateJson(" {\"a\":[1,{\"b\":null}]} "));
  EXPECT_FALSE(validateJson("{\"a\":[1,{\"b\":null}]"));
  EXPECT_FALSE(validateJson("[1] x"));
  EXPECT_FALSE(validateJson(""));
  EXPECT_FALSE(validateJson("[[1]]", 1));
  EXPECT_TRUE(validateJson("[[1]]", 2));
}

TEST(JsonWalker, GivesTheElementsOfAnArrayAsTheyStand) {
  EXPECT_EQ(walked("[ 1 , {\"a\": [2, 3]},[ ], \"x\" ,null]"), "1;{\"a\": [2, 3]};[ ];\"x\";null;");
  EXPECT_EQ(walked("[]"), "");
  EXPECT_EQ(walked(" [ ] "), "");
}

TEST(JsonWalker, GivesTheMembersOfAnObject) {
  EXPECT_EQ(walked("{\"a\":1,\"\":{},\"b\\n\" : [ 1 ] }"), "a=1;={};b\\n=[ 1 ];");
  EXPECT_EQ(walked("{}"), "");
}

TEST(JsonWalker, RefusesScalarsAndBadTexts) {
  for (const char *text : {"", "1", "\"x\"", "x", "null"})
    EXPECT_EQ(walked(text), "!json: neither an array nor an object") << text;
  EXPECT_EQ(walked("[1,{\"a\":}]"), "1;!json: no value at byte 8");
  EXPECT_EQ(walked("[1] x"), "1;!json: text after the value at byte 4");
  EXPECT_EQ(walked("[1"), "1;!json: text ends inside a container at byte 2");
  EXPECT_TRUE(walked("[1,]").contains('!'));
}

TEST(JsonWalker, CountsItsOwnContainerAsDepth) {
  EXPECT_EQ(walked("[[1]]", 2), "[1];");
  EXPECT_EQ(walked("[[1]]", 1), "!json: nested too deep at byte 1");
}

TEST(JsonWalker, StaysAtItsEnd) {
  JsonWalker walker("[1]");
  ASSERT_TRUE(walker.next());

  EXPECT_FALSE(walker.next());
  EXPECT_FALSE(walker.next());
  EXPECT_FALSE(walker.failed());
}

TEST(JsonScanner, ResolvesEscapes) {
  EXPECT_EQ(unescapeJson("\"plain\""), "plain");
  EXPECT_EQ(unescapeJson("key"), "key");
  EXPECT_EQ(unescapeJson("\"\""), "");
  EXPECT_EQ(unescapeJson("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\""), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(unescapeJson("\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00!\""), "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80!");
  EXPECT_EQ(unescapeJson("\"\\u0000\""), QByteArray("\0", 1));
}

}  // namespace
}  // namespace gx::wire
