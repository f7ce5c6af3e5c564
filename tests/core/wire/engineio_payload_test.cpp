// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_payload.h"

#include <gtest/gtest.h>

#include "core/wire/socketio_encoder.h"
#include "tests/core/wire/vectors.h"

namespace gx::wire {
namespace {

QByteArray dataOf(const QJsonValue &packet) {
  const QJsonValue base64 = packet[QStringLiteral("base64")];
  return base64.isUndefined() ? test::utf8(packet[QStringLiteral("data")]) : test::fromBase64(base64);
}

// Reads to the end; the error if there is one.
Result<int> countPackets(QByteArrayView body, int maxPackets = limits::kEnginePacketsPerPost) {
  EngineIoPayloadReader reader(body, maxPackets);
  for (int count = 0;; ++count) {
    const auto packet = reader.next();
    if (!packet) return fail(packet.error());
    if (!*packet) return count;
  }
}

TEST(EngineIoPayload, ReadsAndWritesTheVectors) {
  const auto payloads = test::vectors(QStringLiteral("engineio/payloads.json"))[QStringLiteral("payloads")].toArray();
  ASSERT_GE(payloads.size(), 5);
  for (const auto &vector : payloads) {
    const QByteArray body = test::utf8(vector[QStringLiteral("body")]);
    EngineIoPayloadReader reader(body);
    QByteArray written;

    for (const auto &expected : vector[QStringLiteral("packets")].toArray()) {
      const auto packet = reader.next();
      ASSERT_TRUE(packet && *packet) << body.constData();
      EXPECT_EQ((*packet)->data, dataOf(expected));
      EXPECT_EQ((*packet)->isBinary, !expected[QStringLiteral("base64")].isUndefined());
      const auto before = written.size();
      appendToPayload(written, **packet);
      EXPECT_LE(written.size() - before, payloadSize(**packet));
    }

    EXPECT_EQ(reader.next().value(), std::nullopt);
    EXPECT_EQ(reader.next().value(), std::nullopt);
    EXPECT_EQ(written, body);
  }
}

TEST(EngineIoPayload, RefusesTheInvalidVectors) {
  const auto payloads = test::vectors(QStringLiteral("engineio/payloads.json"))[QStringLiteral("invalid")].toArray();
  ASSERT_GE(payloads.size(), 5);
  for (const auto &vector : payloads)
    EXPECT_FALSE(countPackets(test::utf8(vector[QStringLiteral("body")])))
        << test::utf8(vector[QStringLiteral("why")]).constData();
}

TEST(EngineIoPayload, CountsPackets) {
  const auto pings = [](int count) { return QByteArray("2\x1e").repeated(count - 1) + '2'; };

  EXPECT_EQ(countPackets(pings(64)).value(), 64);
  const auto flood = countPackets(pings(10'000));
  ASSERT_FALSE(flood);
  EXPECT_EQ(flood.error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(countPackets(pings(100), 100).value(), 100) << "a client may take more";
}

TEST(EngineIoPayload, RefusesTextThatIsNotUtf8) {
  EXPECT_FALSE(countPackets("4\xff"));
  EXPECT_FALSE(
      countPackets("4a\x1e"
                   "4\xed\xa0\x80"));
  EXPECT_TRUE(countPackets("4\xc3\xa9"));
}

TEST(EngineIoPayload, TakesEncodedFrames) {
  QByteArray payload;

  appendTextToPayload(payload, encodeEvent({.name = "a"}));
  appendTextToPayload(payload, encodeEngineIoText(EngineIoType::Ping));
  appendToPayload(payload, engineIoBinary(QByteArray::fromHex("01020304")));

  EXPECT_EQ(payload,
            "42[\"a\"]\x1e"
            "2\x1e"
            "bAQIDBA==");
}

TEST(EngineIoPayload, BoundsTheSizeOfEveryPacket) {
  for (int size = 0; size < 10; ++size) {
    const QByteArray data(size, 'x');
    for (const bool isBinary : {false, true}) {
      QByteArray payload = "2";
      appendToPayload(payload, {EngineIoType::Message, data, isBinary});
      EXPECT_EQ(payload.size() - 1, payloadSize({EngineIoType::Message, data, isBinary}));
    }
  }
}

}  // namespace
}  // namespace gx::wire
