// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_value.h"

#include <gtest/gtest.h>

#include "core/wire/json_reader.h"

namespace gx::wire {
namespace {

// What `read` says about the value: the error's detail, or empty.
template <typename Read>
QByteArray refusalOf(const QByteArray &value, Read read) {
  const QByteArray text = "{\"v\":" + value + '}';
  const JsonReader in(text);
  read(in["v"]);
  return in.error() ? in.error()->detail : QByteArray();
}
QByteArray refusedNumber(const QByteArray &value, qint64 least = 0, qint64 most = 100) {
  return refusalOf(value, [=](const JsonValue &v) { std::ignore = v.number(least, most); });
}
QByteArray refusedText(const QByteArray &value, JsonValue::Size size) {
  return refusalOf(value, [=](const JsonValue &v) { std::ignore = v.text(size); });
}

TEST(JsonValue, ReadsTextByItsBytes) {
  const JsonReader in("{\"v\":\"\\u00e9\\n\"}");

  EXPECT_EQ(in["v"].text({3}), "\xc3\xa9\n");
  EXPECT_EQ(in["v"].words({3}), QStringLiteral("\u00e9\n"));
  EXPECT_FALSE(in.error());
  EXPECT_EQ(refusedText("\"\\u00e9\\n\"", {2}), "v: too long");
  EXPECT_EQ(refusedText("\"\"", {2}), "v: too short");
  EXPECT_EQ(refusedText("\"\"", {2, 0}), "");
  EXPECT_EQ(refusedText("5", {2}), "v: not a string");
  EXPECT_EQ(refusedText("null", {2}), "v: missing");
}

TEST(JsonValue, ReadsWholeNumbersOnly) {
  for (const char *good : {"0", "7", "100"}) EXPECT_EQ(refusedNumber(good), "") << good;
  for (const char *bad : {"-0", "1.0", "1e1", "0.5", "99999999999999999999"})
    EXPECT_EQ(refusedNumber(bad), "v: not a whole number") << bad;
  for (const char *bad : {"-1", "101"}) EXPECT_EQ(refusedNumber(bad), "v: out of range") << bad;
  EXPECT_EQ(refusedNumber("\"5\""), "v: not a number");
  EXPECT_EQ(refusedNumber("true"), "v: not a number");
}

TEST(JsonValue, KeepsNumbersInsideWhatJavaScriptHolds) {
  constexpr qint64 kMost = std::numeric_limits<qint64>::max();

  EXPECT_EQ(refusedNumber("9007199254740992", 0, kMost), "");
  EXPECT_EQ(refusedNumber("9007199254740993", 0, kMost), "v: out of range");
  EXPECT_EQ(refusedNumber("-9007199254740993", -kMost, kMost), "v: out of range");
}

TEST(JsonValue, ReadsBytesFromCanonicalBase64) {
  const auto refused = [](const char *value, JsonValue::Size size) {
    return refusalOf(value, [=](const JsonValue &v) { std::ignore = v.bytes(size); });
  };
  const JsonReader in(R"({"v":"\u0041\/\/+"})");

  EXPECT_EQ(in["v"].bytes({3}), QByteArray::fromHex("03fffe"));
  EXPECT_EQ(refused("\"AAAA\"", {2}), "v: too long");
  EXPECT_EQ(refused("\"\"", {2}), "v: too short");
  EXPECT_EQ(refused("\"AAA\"", {9}), "v: not base64");
  EXPECT_EQ(refused("\"AAB=\"", {9}), "v: not base64") << "bits that do not count are set";
  EXPECT_EQ(refused("\"AA==\\n\"", {9}), "v: not base64");
  EXPECT_EQ(refused("\"_-__\"", {9}), "v: not base64");
}

TEST(JsonValue, TellsTooLargeFromInvalid) {
  const JsonReader in("{\"v\":\"AAAA\"}");

  std::ignore = in["v"].bytes({2});

  EXPECT_EQ(in.error()->kind, ErrorKind::TooLarge);
}

TEST(JsonValue, ReadsBytesOfOneSize) {
  const auto refused = [](const char *value) {
    return refusalOf(value, [](const JsonValue &v) { std::ignore = v.exactBytes(3); });
  };

  EXPECT_EQ(refused("\"AAAA\""), "");
  EXPECT_EQ(refused("\"AAA=\""), "v: wrong size");
  EXPECT_EQ(refused("\"AAAAAA==\""), "v: wrong size");
  EXPECT_EQ(refused("\"!\""), "v: not base64");
}

TEST(JsonValue, ReadsPublicKeys) {
  const auto refused = [](const QByteArray &key) {
    return refusalOf('"' + key.toBase64() + '"', [](const JsonValue &v) { std::ignore = v.publicKey(); });
  };

  EXPECT_EQ(refused('\x05' + QByteArray(32, 'k')), "");
  EXPECT_EQ(refused('\x06' + QByteArray(32, 'k')), "v: not a public key");
  EXPECT_EQ(refused('\x05' + QByteArray(31, 'k')), "v: wrong size");
}

TEST(JsonValue, ReadsFlagsIdsAndTimes) {
  const JsonReader in(
      R"({"yes":true,"no":false,"id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","device":2147483647,"at":1750000000000})");

  EXPECT_TRUE(in["yes"].flag());
  EXPECT_FALSE(in["no"].flag());
  EXPECT_EQ(toText(in["id"].id<UserId>()), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  EXPECT_EQ(in["device"].deviceId(), DeviceId{2147483647});
  EXPECT_EQ(in["at"].time(), fromMillis(1'750'000'000'000));
  EXPECT_FALSE(in.error());
}

TEST(JsonValue, RefusesBadFlagsIdsAndTimes) {
  EXPECT_EQ(refusalOf("1", [](const JsonValue &v) { std::ignore = v.flag(); }), "v: not true or false");
  EXPECT_EQ(refusalOf("\"x\"", [](const JsonValue &v) { std::ignore = v.id<UserId>(); }), "v: not a known value");
  EXPECT_EQ(refusalOf("0", [](const JsonValue &v) { std::ignore = v.deviceId(); }), "v: out of range");
  EXPECT_EQ(refusalOf("2147483648", [](const JsonValue &v) { std::ignore = v.deviceId(); }), "v: out of range");
  EXPECT_EQ(refusalOf("-1", [](const JsonValue &v) { std::ignore = v.millis(); }), "v: out of range");
  EXPECT_EQ(refusalOf("253402300800000", [](const JsonValue &v) { std::ignore = v.millis(); }), "v: out of range");
}

TEST(JsonValue, LimitsTheElementsOfAnArray) {
  int seen = 0;
  const auto count = [&seen](const JsonValue &v) { v.each(2, [&seen](const JsonValue &) { ++seen; }); };

  EXPECT_EQ(refusalOf("[1,2]", count), "");
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(refusalOf("[1,2,3]", count), "v: too many elements");
  EXPECT_EQ(refusalOf("{}", count), "v: not an array");
}

TEST(JsonValue, GivesAnyValueRaw) {
  const JsonReader in("{\"v\": [1, 2] }");

  EXPECT_EQ(in["v"].raw(), "[1, 2]");
  EXPECT_FALSE(in.error());
  EXPECT_EQ(refusalOf("null", [](const JsonValue &v) { std::ignore = v.raw(); }), "v: missing");
}

}  // namespace
}  // namespace gx::wire
