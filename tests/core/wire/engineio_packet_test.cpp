// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_packet.h"

#include <gtest/gtest.h>

#include "tests/core/wire/vectors.h"

namespace gx::wire {
namespace {

const char *nameOf(EngineIoType type) {
  static constexpr const char *kNames[] = {"open", "close", "ping", "pong", "message", "upgrade", "noop"};
  return kNames[static_cast<char>(type) - '0'];
}

TEST(EngineIoPacket, ReadsAndWritesTheVectors) {
  const auto packets = test::vectors(QStringLiteral("engineio/packets.json"))[QStringLiteral("text")].toArray();
  ASSERT_GE(packets.size(), 10);
  for (const auto &vector : packets) {
    const QByteArray frame = test::utf8(vector[QStringLiteral("frame")]);

    const auto packet = parseEngineIoText(frame);

    ASSERT_TRUE(packet) << frame.constData();
    EXPECT_EQ(nameOf(packet->type), test::utf8(vector[QStringLiteral("type")]));
    EXPECT_EQ(packet->data, test::utf8(vector[QStringLiteral("data")]));
    EXPECT_FALSE(packet->isBinary);
    EXPECT_EQ(encodeEngineIoText(packet->type, packet->data), frame);
  }
}

TEST(EngineIoPacket, RefusesTheInvalidVectors) {
  const auto frames = test::vectors(QStringLiteral("engineio/packets.json"))[QStringLiteral("invalid")].toArray();
  ASSERT_GE(frames.size(), 5);
  for (const auto &vector : frames) {
    const auto packet = parseEngineIoText(test::utf8(vector[QStringLiteral("frame")]));

    ASSERT_FALSE(packet) << test::utf8(vector[QStringLiteral("why")]).constData();
    EXPECT_EQ(packet.error().kind, ErrorKind::Invalid);
  }
}

TEST(EngineIoPacket, GivesAViewIntoTheFrame) {
  const QByteArray frame = "4hello";

  const auto packet = parseEngineIoText(frame);

  EXPECT_EQ(packet->data.data(), frame.constData() + 1);
}

TEST(EngineIoPacket, TakesABinaryFrameAsAMessage) {
  const auto packet = engineIoBinary("\x01\x02");

  EXPECT_EQ(packet, (EngineIoPacket{EngineIoType::Message, "\x01\x02", true}));
  EXPECT_NE(packet, (EngineIoPacket{EngineIoType::Message, "\x01\x02", false}));
}

}  // namespace
}  // namespace gx::wire
