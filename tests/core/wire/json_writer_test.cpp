// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_writer.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>

#include "core/wire/json_scanner.h"

namespace gx::wire {
namespace {

TEST(JsonWriter, SetsCommasAndNests) {
  JsonWriter out;
  out.beginObject().key("a").number(-5).key("b").beginArray().number(1).beginObject().endObject().text("x").endArray();
  out.key("c").beginObject().key("d").flag(true).key("e").flag(false).endObject().key("f").null().endObject();

  EXPECT_EQ(out.take(), R"({"a":-5,"b":[1,{},"x"],"c":{"d":true,"e":false},"f":null})");
}

TEST(JsonWriter, StartsAnewAfterTake) {
  JsonWriter out;
  std::ignore = out.number(1).take();

  EXPECT_EQ(out.number(2).take(), "2");
  EXPECT_EQ(out.size(), 0);
}

TEST(JsonWriter, WritesTheTypesOfTheProtocol) {
  const auto user = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value();
  JsonWriter out;
  out.beginArray()
      .id(user)
      .deviceId(DeviceId{7})
      .time(fromMillis(1'750'000'000'000))
      .bytes(QByteArray::fromHex("fffe"));
  out.raw("{\"x\": 1}").words(QStringLiteral("\u00e9")).endArray();

  EXPECT_EQ(out.take(), "[\"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b\",7,1750000000000,\"//4=\",{\"x\": 1},\"\xc3\xa9\"]");
}

TEST(JsonWriter, EscapesEveryByteThatNeedsIt) {
  QByteArray text;
  for (char c = 1; c < 0x7f; ++c) text += c;
  text += "\x7f\xc3\xa9\xf0\x9f\x98\x80";
  text.prepend('\0');
  QByteArray json = "[";
  appendJsonString(json, text);
  json += ']';

  EXPECT_TRUE(validateJson(json));
  EXPECT_TRUE(json.contains(R"(\u0000\u0001)"));
  EXPECT_TRUE(json.contains(R"(\t\n\u000b\u000c\r)"));
  EXPECT_TRUE(json.contains(R"(\u001f !\"#)"));
  EXPECT_EQ(QJsonDocument::fromJson(json).array().at(0).toString().toUtf8(), text);
  EXPECT_EQ(unescapeJson(json.sliced(1, json.size() - 2)), text);
}

TEST(JsonWriter, ReplacesLoneSurrogates) {
  const char16_t lone[] = {u'a', 0xD800, u'b'};
  JsonWriter out;
  out.words(QStringView(lone, 3));

  EXPECT_EQ(out.take(), "\"a?b\"");
}

}  // namespace
}  // namespace gx::wire
