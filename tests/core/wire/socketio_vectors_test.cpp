// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "core/wire/json_scanner.h"
#include "core/wire/socketio_decoder.h"
#include "core/wire/socketio_encoder.h"
#include "tests/core/wire/vectors.h"

// Decoder and encoder against tests/vectors/socketio, which the JavaScript suites read too.
namespace gx::wire {
namespace {

using Taken = Result<std::optional<SocketIoPacket>>;

Taken take(SocketIoDecoder &decoder, const QJsonValue &frame, QByteArray &buffer) {
  if (frame.isObject()) return decoder.takeBinary(test::fromBase64(frame[QStringLiteral("base64")]));
  buffer = test::utf8(frame);
  return decoder.takeText(buffer);
}

const char *nameOf(SocketIoType type) {
  static constexpr const char *kNames[] = {"connect",       "disconnect",   "event",     "ack",
                                           "connect_error", "binary_event", "binary_ack"};
  return kNames[static_cast<int>(type)];
}

QJsonArray argumentsOf(const SocketIoPacket &packet) {
  QJsonArray arguments;
  for (const QByteArrayView argument : packet.arguments())
    arguments.append(QJsonDocument::fromJson('[' + argument.toByteArray() + ']').array().at(0));
  return arguments;
}

void expectPacket(const SocketIoPacket &packet, const QJsonObject &expected) {
  EXPECT_EQ(nameOf(packet.type), test::utf8(expected[QStringLiteral("type")]));
  EXPECT_EQ(packet.nsp, test::utf8(expected[QStringLiteral("nsp")]));
  EXPECT_EQ(packet.ackId.has_value(), expected.contains(QStringLiteral("id")));
  if (packet.ackId) EXPECT_EQ(double(*packet.ackId), expected[QStringLiteral("id")].toDouble());
  EXPECT_EQ(packet.name, test::utf8(expected[QStringLiteral("event")]));
  EXPECT_EQ(argumentsOf(packet), expected[QStringLiteral("args")].toArray());
  const QJsonValue data = expected[QStringLiteral("data")];
  EXPECT_EQ(packet.payload, data.isUndefined() ? QByteArray() : test::compact(data));
  const auto attachments = expected[QStringLiteral("attachments")].toArray();
  ASSERT_EQ(packet.attachments.size(), attachments.size());
  for (qsizetype i = 0; i < attachments.size(); ++i) EXPECT_EQ(packet.attachments[i], test::fromBase64(attachments[i]));
}

QByteArray encode(const SocketIoPacket &packet) {
  const auto attachments = static_cast<int>(packet.attachments.size());
  switch (packet.type) {
    case SocketIoType::Connect:
      return encodeConnect(packet.nsp, packet.payload);
    case SocketIoType::ConnectError:
      return encodeConnectError(packet.nsp, packet.payload);
    case SocketIoType::Disconnect:
      return encodeDisconnect(packet.nsp);
    case SocketIoType::Event:
    case SocketIoType::BinaryEvent:
      return encodeEvent({packet.name, packet.argumentList, packet.nsp, packet.ackId, attachments});
    case SocketIoType::Ack:
    case SocketIoType::BinaryAck:
      break;
  }
  return encodeAck({packet.ackId.value(), packet.argumentList, packet.nsp, attachments});
}

TEST(SocketIoVectors, AreReadAndWritten) {
  const auto vectors = test::vectors(QStringLiteral("socketio/packets.json"))[QStringLiteral("packets")].toArray();
  ASSERT_GE(vectors.size(), 30);
  for (const auto &vector : vectors) {
    SCOPED_TRACE(test::utf8(vector[QStringLiteral("name")]).constData());
    SocketIoDecoder decoder;
    QByteArray buffer;
    Taken taken;
    const auto frames = vector[QStringLiteral("frames")].toArray();
    for (qsizetype i = 0; i < frames.size(); ++i) {
      taken = take(decoder, frames[i], buffer);
      ASSERT_TRUE(taken) << describe(taken.error()).constData();
      EXPECT_EQ(taken->has_value(), i == frames.size() - 1);
    }

    expectPacket(**taken, vector[QStringLiteral("packet")].toObject());
    if (!vector[QStringLiteral("decodeOnly")].toBool()) EXPECT_EQ(encode(**taken), '4' + test::utf8(frames[0]));
  }
}

TEST(SocketIoVectors, InvalidOnesAreRefusedAtTheirLastFrame) {
  const auto vectors = test::vectors(QStringLiteral("socketio/invalid.json"))[QStringLiteral("invalid")].toArray();
  ASSERT_GE(vectors.size(), 90);
  for (const auto &vector : vectors) {
    SCOPED_TRACE(test::utf8(vector[QStringLiteral("why")]).constData());
    SocketIoDecoder decoder;
    QByteArray buffer;
    const auto frames = vector[QStringLiteral("frames")].toArray();
    for (qsizetype i = 0; i < frames.size(); ++i)
      EXPECT_EQ(bool(take(decoder, frames[i], buffer)), i < frames.size() - 1);
  }
}

TEST(SocketIoVectors, SurviveBeingCutAnywhere) {
  const auto vectors = test::vectors(QStringLiteral("socketio/packets.json"))[QStringLiteral("packets")].toArray();
  for (const auto &vector : vectors) {
    const QByteArray frame = test::utf8(vector[QStringLiteral("frames")][0]);
    for (qsizetype size = 0; size < frame.size(); ++size) {
      SocketIoDecoder decoder;
      const auto taken = decoder.takeText(QByteArrayView(frame).first(size));
      if (taken && *taken && (*taken)->isEvent())
        ADD_FAILURE() << "an event was read from " << frame.first(size).constData();
    }
  }
}

}  // namespace
}  // namespace gx::wire
