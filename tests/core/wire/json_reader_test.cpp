// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_reader.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

// Why a text is refused as a whole, empty if it is not.
QByteArray refusalOf(const QByteArray &text) {
  const JsonReader in(text);
  return in.error() ? in.error()->detail : QByteArray();
}

TEST(JsonReader, ReadsAnObjectAndIgnoresUnknownMembers) {
  const QByteArray text = R"({"name":"Ann","__proto__":{"x":1},"constructor":[1e3],"age":7})";
  const JsonReader in(text);

  const auto name = in["name"].text({16});
  const auto age = in["age"].number(0, 150);

  ASSERT_FALSE(in.error());
  EXPECT_EQ(name, "Ann");
  EXPECT_EQ(in.done(age).value(), 7);
}

TEST(JsonReader, RefusesWhatIsNoObject) {
  for (const char *text : {"", "[]", "1", "\"x\"", "null", "{", "{} {}", "\xef\xbb\xbf{}"})
    EXPECT_FALSE(refusalOf(text).isEmpty()) << text;
}

TEST(JsonReader, RefusesDuplicateKeysAtEveryLevel) {
  EXPECT_EQ(refusalOf(R"({"role":"user","role":"admin"})"), "json: duplicate key");
  EXPECT_EQ(refusalOf(R"({"a":[{"b":{"c":1,"d":2,"c":3}}]})"), "json: duplicate key");
  EXPECT_EQ(refusalOf(R"({"role":1,"r\u006fle":2})"), "json: duplicate key");
  EXPECT_EQ(refusalOf(R"({"a":{"x":1},"b":{"x":1},"x":[{"x":1},{"x":1}]})"), "");
}

TEST(JsonReader, LimitsKeysAndDepth) {
  const auto withKeys = [](int count) {
    QByteArray text = "{\"k\":[{";
    for (int i = 1; i < count; ++i) text += (i > 1 ? ",\"" : "\"") + QByteArray::number(i) + "\":1";
    return text + "}]}";
  };
  const auto nested = [](int depth) {
    return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}';
  };

  EXPECT_EQ(refusalOf(withKeys(1000)), "");
  EXPECT_EQ(refusalOf(withKeys(1001)), "json: too many keys");
  EXPECT_EQ(refusalOf(nested(32)), "");
  EXPECT_TRUE(refusalOf(nested(33)).contains("nested too deep"));
  EXPECT_TRUE(refusalOf(nested(100'000)).contains("nested too deep"));
}

TEST(JsonReader, RefusesNulLoneSurrogatesAndHugeNumbersAnywhere) {
  EXPECT_EQ(refusalOf(R"({"unknown":["a\u0000b"]})"), "json: NUL in a string");
  EXPECT_EQ(refusalOf(R"({"a\u0000":1})"), "json: NUL in a string");
  EXPECT_EQ(refusalOf(R"({"a":"\\u0000"})"), "") << "an escaped backslash is no NUL";
  EXPECT_TRUE(refusalOf(R"({"a":"\ud800"})").contains("bad string"));
  EXPECT_EQ(refusalOf(R"({"a":1e400})"), "json: number out of range");
  EXPECT_EQ(refusalOf(R"({"a":-1E400})"), "json: number out of range");
  EXPECT_EQ(refusalOf("{\"a\":" + QByteArray(400, '9') + '}'), "json: number out of range");
  EXPECT_EQ(refusalOf(R"({"a":1e300})"), "");
  EXPECT_TRUE(refusalOf(R"({"a":NaN})").contains("no value"));
}

TEST(JsonReader, TellsPresentFromMissingAndNull) {
  const JsonReader in(R"({"here":0,"nothing":null})");

  EXPECT_TRUE(in.has("here"));
  EXPECT_FALSE(in.has("nothing"));
  EXPECT_FALSE(in.has("absent"));
  EXPECT_FALSE(in.error());
}

TEST(JsonReader, FindsAKeyThatIsWrittenWithEscapes) {
  const JsonReader in(R"({"n\u0061me":"x"})");

  EXPECT_EQ(in["name"].text({4}), "x");
  EXPECT_FALSE(in.error());
}

TEST(JsonReader, KeepsTheFirstErrorWithItsPath) {
  const QByteArray text = R"({"list":[{"name":"a"},{"name":5}]})";
  const JsonReader in(text);

  in["list"].each(9, [](const JsonValue &value) {
    const JsonReader element = value.object();
    std::ignore = element["name"].text({9});
  });
  std::ignore = in["absent"].flag();

  const auto result = in.done(1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().detail, "list[1].name: not a string");
  EXPECT_EQ(result.error().kind, ErrorKind::Invalid);
}

TEST(JsonReader, NamesNestedObjectsAndArraysOfArrays) {
  const JsonReader in(R"({"a":{"b":{"c":[[1],["x"]]}}})");
  const JsonReader a = in["a"].object();
  const JsonReader b = a["b"].object();

  b["c"].each(
      9, [](const JsonValue &row) { row.each(9, [](const JsonValue &cell) { std::ignore = cell.number(0, 9); }); });

  ASSERT_TRUE(in.error());
  EXPECT_EQ(in.error()->detail, "a.b.c[1][0]: not a number");
}

TEST(JsonReader, GivesDefaultsAfterABadText) {
  const JsonReader in("{\"a\":1");

  EXPECT_EQ(in["a"].number(0, 9), 0);
  EXPECT_TRUE(in.error()->detail.startsWith("json: "));
}

}  // namespace
}  // namespace gx::wire
