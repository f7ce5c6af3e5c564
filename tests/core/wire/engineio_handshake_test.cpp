// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_handshake.h"

#include <gtest/gtest.h>

#include "tests/core/wire/vectors.h"

namespace gx::wire {
namespace {

TEST(EngineIoHandshake, ReadsAndWritesTheVectors) {
  const auto vectors =
      test::vectors(QStringLiteral("engineio/handshakes.json"))[QStringLiteral("handshakes")].toArray();
  ASSERT_GE(vectors.size(), 2);
  for (const auto &vector : vectors) {
    const QJsonObject json = vector[QStringLiteral("json")].toObject();

    const auto handshake = parseEngineIoHandshake(test::compact(json));

    ASSERT_TRUE(handshake) << describe(handshake.error()).constData();
    EXPECT_EQ(QJsonDocument::fromJson(toJson(*handshake)).object(), json);
  }
}

TEST(EngineIoHandshake, ReadsEveryMember) {
  const auto handshake = parseEngineIoHandshake(
      R"({"sid":"abc","upgrades":["websocket","webtransport"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000,"x":1})");

  ASSERT_TRUE(handshake);
  EXPECT_EQ(*handshake, (EngineIoHandshake{.sid = "abc",
                                           .upgrades = {"websocket", "webtransport"},
                                           .pingInterval = std::chrono::seconds(25),
                                           .pingTimeout = std::chrono::seconds(20),
                                           .maxPayload = 1'000'000}));
}

TEST(EngineIoHandshake, RefusesTheInvalidVectors) {
  const auto vectors = test::vectors(QStringLiteral("engineio/handshakes.json"))[QStringLiteral("invalid")].toArray();
  ASSERT_GE(vectors.size(), 10);
  for (const auto &vector : vectors)
    EXPECT_FALSE(parseEngineIoHandshake(test::compact(vector[QStringLiteral("json")].toObject())))
        << test::utf8(vector[QStringLiteral("why")]).constData();
  for (const char *text : {"", "[]", "x", "{\"sid\":\"a\""}) EXPECT_FALSE(parseEngineIoHandshake(text)) << text;
}

TEST(EngineIoError, SpeaksTheWordsOfTheReferenceServer) {
  EXPECT_EQ(toJson(EngineIoError::UnknownTransport), R"({"code":0,"message":"Transport unknown"})");
  EXPECT_EQ(toJson(EngineIoError::UnknownSession), R"({"code":1,"message":"Session ID unknown"})");
  EXPECT_EQ(toJson(EngineIoError::BadHandshakeMethod), R"({"code":2,"message":"Bad handshake method"})");
  EXPECT_EQ(toJson(EngineIoError::BadRequest), R"({"code":3,"message":"Bad request"})");
  EXPECT_EQ(toJson(EngineIoError::Forbidden), R"({"code":4,"message":"Forbidden"})");
  EXPECT_EQ(toJson(EngineIoError::UnsupportedVersion), R"({"code":5,"message":"Unsupported protocol version"})");
}

}  // namespace
}  // namespace gx::wire
