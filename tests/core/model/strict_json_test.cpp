// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/strict_json.h"

#include <gtest/gtest.h>

namespace gx::model {
namespace {

using namespace Qt::StringLiterals;

TEST(StrictJson, TakesAnObject) {
  const auto object = parseStrictObject(R"({"a":{"b":[1,{"c":":{\"x\":"}]}})");

  ASSERT_TRUE(object);
  EXPECT_TRUE(object->contains("a"_L1));
}

TEST(StrictJson, RefusesWhatIsNoObject) {
  for (const char *text : {"", "[]", "1", "null", "{", "{}x", "{\"a\":}", "{'a':1}"})
    EXPECT_FALSE(parseStrictObject(text)) << text;
}

TEST(StrictJson, RefusesDuplicateMembers) {
  EXPECT_FALSE(parseStrictObject(R"({"a":1,"a":2})"));
  EXPECT_FALSE(parseStrictObject(R"({"a":[{"b":1,"b":1}]})"));
  EXPECT_FALSE(parseStrictObject(R"({"a":1,"\u0061":2})"));
  EXPECT_TRUE(parseStrictObject(R"({"a":1,"b":{"a":2}})"));
}

TEST(StrictJson, RefusesDeepText) {
  const auto nested = [](int depth) {
    return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + "}";
  };

  EXPECT_TRUE(parseStrictObject(nested(32)));
  EXPECT_FALSE(parseStrictObject(nested(33)));
}

TEST(StrictJson, RefusesInvalidUtf8) {
  EXPECT_FALSE(parseStrictObject("{\"a\":\"\xff\"}"));
}

TEST(StrictJson, GivesIntegersOnlyWithinLimits) {
  const QJsonObject object = *parseStrictObject(R"({"i":7,"f":7.5,"s":"7","n":-1,"big":9223372036854775808})");

  EXPECT_EQ(integerAt(object, "i"_L1), 7);
  EXPECT_EQ(integerAt(object, "i"_L1, 8), std::nullopt);
  EXPECT_EQ(integerAt(object, "i"_L1, 0, 6), std::nullopt);
  for (const auto name : {"f"_L1, "s"_L1, "n"_L1, "big"_L1, "absent"_L1})
    EXPECT_EQ(integerAt(object, name), std::nullopt) << name.data();
}

TEST(StrictJson, GivesTextOnlyWhenWellFormed) {
  const QJsonObject object = *parseStrictObject(R"({"s":"h\u00e9","lone":"\ud800","n":1})");

  EXPECT_EQ(textAt(object, "s"_L1, 3), u"h\u00e9"_s);
  EXPECT_EQ(textAt(object, "s"_L1, 2), std::nullopt);
  EXPECT_EQ(textAt(object, "lone"_L1, 100), std::nullopt);
  EXPECT_EQ(textAt(object, "n"_L1, 100), std::nullopt);
}

TEST(StrictJson, GivesBytesOfOneSizeOnly) {
  const QJsonObject object = *parseStrictObject(R"({"b":"AAEC","loose":"AAE","n":true})");

  EXPECT_EQ(bytesAt(object, "b"_L1, 3), QByteArray::fromHex("000102"));
  EXPECT_EQ(bytesAt(object, "b"_L1, 4), std::nullopt);
  EXPECT_EQ(bytesAt(object, "loose"_L1, 2), std::nullopt);
  EXPECT_EQ(bytesAt(object, "n"_L1, 3), std::nullopt);
  EXPECT_EQ(boolAt(object, "n"_L1), true);
  EXPECT_EQ(boolAt(object, "b"_L1), std::nullopt);
  EXPECT_EQ(objectAt(object, "b"_L1), std::nullopt);
}

TEST(StrictJson, GivesIdsInTheirOneForm) {
  const QJsonObject object = *parseStrictObject(
      R"({"id":"01890a5d-ac96-774b-bcce-b302099a8057","upper":"01890A5D-AC96-774B-BCCE-B302099A8057","n":1})");

  EXPECT_TRUE(idAt<UserId>(object, "id"_L1));
  EXPECT_FALSE(idAt<UserId>(object, "upper"_L1));
  EXPECT_FALSE(idAt<UserId>(object, "n"_L1));
}

}  // namespace
}  // namespace gx::model
