// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_decoder.h"

#include <gtest/gtest.h>

#include "core/wire/json_scanner.h"
#include "core/wire/socketio_encoder.h"

namespace gx::wire {
namespace {

constexpr char kTwoParts[] = R"(52-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";

TEST(SocketIoDecoder, GivesViewsIntoTheFrame) {
  const QByteArray frame = R"(2/chat,17["send",{"to":1},"x"])";
  SocketIoDecoder decoder;

  const auto packet = decoder.takeText(frame).value().value();

  EXPECT_EQ(packet.type, SocketIoType::Event);
  EXPECT_TRUE(packet.isEvent());
  EXPECT_FALSE(packet.isAck());
  EXPECT_EQ(packet.nsp, "/chat");
  EXPECT_EQ(packet.ackId, 17U);
  EXPECT_EQ(packet.name, "send");
  EXPECT_EQ(packet.argumentList, R"({"to":1},"x")");
  ASSERT_EQ(packet.arguments().size(), 2U);
  EXPECT_EQ(packet.arguments()[0], R"({"to":1})");
  EXPECT_EQ(packet.arguments()[1], R"("x")");
  EXPECT_EQ(packet.argumentList.data(), frame.constData() + frame.indexOf("{\"to\""));
}

TEST(SocketIoDecoder, GivesArgumentsThatAreSplicedAsTheyStand) {
  const QByteArray frame = "2[\"a\" , {\"x\" : 1} ,\t[2] ]";
  SocketIoDecoder decoder;
  const auto packet = decoder.takeText(frame).value().value();

  const QByteArray spliced = encodeEvent({.name = packet.name, .argumentList = packet.argumentList});

  EXPECT_EQ(spliced, "42[\"a\",{\"x\" : 1} ,\t[2]]");
  EXPECT_TRUE(validateJson(QByteArrayView(spliced).sliced(2)));
}

TEST(SocketIoDecoder, WaitsForAllBinaryParts) {
  SocketIoDecoder decoder;
  QByteArray header = kTwoParts;

  EXPECT_EQ(decoder.takeText(header).value(), std::nullopt);
  EXPECT_TRUE(decoder.isWaiting());
  header.fill('x');  // the frame need not live
  EXPECT_EQ(decoder.takeBinary("one").value(), std::nullopt);
  EXPECT_EQ(decoder.bytesHeld(), qsizetype(sizeof kTwoParts - 1 + 3));
  const auto packet = decoder.takeBinary("two").value().value();

  EXPECT_EQ(packet.type, SocketIoType::BinaryEvent);
  EXPECT_EQ(packet.name, "m");
  EXPECT_EQ(packet.attachments, (QList<QByteArray>{"one", "two"}));
  EXPECT_FALSE(decoder.isWaiting());
  EXPECT_EQ(decoder.bytesHeld(), 0);
}

TEST(SocketIoDecoder, TakesTheNextPacketAfterABinaryOne) {
  SocketIoDecoder decoder;
  std::ignore = decoder.takeText(kTwoParts);
  std::ignore = decoder.takeBinary("one");
  std::ignore = decoder.takeBinary("two");

  EXPECT_EQ(decoder.takeText("2[\"n\"]").value()->name, "n");
  EXPECT_FALSE(decoder.takeBinary("three"));
}

TEST(SocketIoDecoder, RefusesTextBetweenBinaryParts) {
  SocketIoDecoder decoder;
  std::ignore = decoder.takeText(kTwoParts);
  std::ignore = decoder.takeBinary("one");

  EXPECT_FALSE(decoder.takeText("2[\"m\"]"));
}

TEST(SocketIoDecoder, ForgetsWhatIsHalfThere) {
  SocketIoDecoder decoder;
  std::ignore = decoder.takeText(kTwoParts);
  std::ignore = decoder.takeBinary("one");

  decoder.reset();

  EXPECT_FALSE(decoder.isWaiting());
  EXPECT_EQ(decoder.takeText("2[\"m\"]").value()->name, "m");
  EXPECT_EQ(decoder.takeText(kTwoParts).value(), std::nullopt);
  EXPECT_EQ(decoder.takeBinary("1").value(), std::nullopt) << "no part is left over";
}

TEST(SocketIoDecoder, LimitsTheMessageWithItsParts) {
  SocketIoDecoder decoder;
  std::ignore = decoder.takeText(kTwoParts);
  const QByteArray half(limits::kWebSocketMessageBytes / 2, 'x');

  EXPECT_TRUE(decoder.takeBinary(half));
  const auto tooMuch = decoder.takeBinary(half);

  ASSERT_FALSE(tooMuch);
  EXPECT_EQ(tooMuch.error().kind, ErrorKind::TooLarge);
}

TEST(SocketIoDecoder, LimitsTheText) {
  const auto frame = [](qsizetype size) { return "2[\"m\",\"" + QByteArray(size - 8 - 1, 'x') + "\"]"; };
  SocketIoDecoder decoder;

  EXPECT_TRUE(decoder.takeText(frame(limits::kWebSocketMessageBytes)));
  const auto tooMuch = decoder.takeText(frame(limits::kWebSocketMessageBytes + 1));

  ASSERT_FALSE(tooMuch);
  EXPECT_EQ(tooMuch.error().kind, ErrorKind::TooLarge);
}

TEST(SocketIoDecoder, RefusesHugeNamesWithoutReadingThem) {
  SocketIoDecoder decoder;

  EXPECT_FALSE(decoder.takeText("2[\"" + QByteArray(900'000, 'n') + "\"]"));
  EXPECT_FALSE(decoder.takeText("0/" + QByteArray(900'000, 'n') + ','));
  EXPECT_FALSE(decoder.takeText("2" + QByteArray(900'000, '9') + "[\"m\"]"));
  EXPECT_FALSE(decoder.takeText("5" + QByteArray(900'000, '1') + "-[\"m\"]"));
}

TEST(SocketIoDecoder, TakesNamesAndNamespacesUpToTheLimit) {
  const QByteArray name(limits::kEventNameBytes, 'n');
  const QByteArray nsp = '/' + QByteArray(limits::kNamespaceBytes - 1, 's');
  SocketIoDecoder decoder;

  const QByteArray frame = "2" + nsp + ",[\"" + name + "\"]";
  const auto packet = decoder.takeText(frame);

  ASSERT_TRUE(packet);
  EXPECT_EQ((*packet)->name, name);
  EXPECT_EQ((*packet)->nsp, nsp);
  EXPECT_TRUE(decoder.takeText("2[\"" + QByteArray("\\u006e").repeated(64) + "\"]"));
  EXPECT_FALSE(decoder.takeText("2[\"" + QByteArray("\\u006e").repeated(65) + "\"]"));
}

TEST(SocketIoDecoder, RefusesDeepNestingWithoutRecursion) {
  SocketIoDecoder decoder;

  EXPECT_FALSE(decoder.takeText("2[\"m\"," + QByteArray(10'000, '[') + QByteArray(10'000, ']') + ']'));
  EXPECT_FALSE(decoder.takeText("0" + QByteArray("{\"a\":").repeated(10'000)));
  EXPECT_TRUE(decoder.takeText("2[\"m\"," + QByteArray(31, '[') + QByteArray(31, ']') + ']'));
}

TEST(SocketIoDecoder, RefusesTextThatIsNotUtf8) {
  SocketIoDecoder decoder;

  EXPECT_FALSE(decoder.takeText("2[\"\xff\"]"));
  EXPECT_FALSE(decoder.takeText("2[\"m\",\"\xed\xa0\x80\"]"));
  EXPECT_FALSE(decoder.takeText("0/\xff,"));
}

TEST(SocketIoPacket, KnowsReservedNames) {
  EXPECT_TRUE(isReservedEventName("connect"));
  EXPECT_TRUE(isReservedEventName("newListener"));
  EXPECT_TRUE(isReservedEventName("error"));
  EXPECT_FALSE(isReservedEventName("message"));
  EXPECT_FALSE(isReservedEventName("Connect"));
}

}  // namespace
}  // namespace gx::wire
