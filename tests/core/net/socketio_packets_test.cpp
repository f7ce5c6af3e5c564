// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/socketio_packets.h"

#include <gtest/gtest.h>

#include "core/wire/socketio_decoder.h"

namespace gx::net {

TEST(SocketIoPackets, OutliveTheDecoder) {
  SocketIoEvent event;
  {
    wire::SocketIoDecoder decoder;
    const QByteArray frame = R"(2/chat,5["say",{"a":1},"b"])";
    const auto packet = decoder.takeText(frame);
    ASSERT_TRUE(packet && *packet);
    event = ownEvent(**packet);
  }

  EXPECT_EQ(event.name, "say");
  EXPECT_EQ(event.nsp, "/chat");
  EXPECT_EQ(event.ackId, 5U);
  EXPECT_EQ(event.arguments, (QList<QByteArray>{R"({"a":1})", R"("b")"}));
  EXPECT_EQ(event.argument(), R"({"a":1})");
}

TEST(SocketIoPackets, KeepWhatAnAckBrings) {
  wire::SocketIoDecoder decoder;
  const QByteArray frame = R"(37[{"ok":{}}])";
  const auto packet = decoder.takeText(frame);
  ASSERT_TRUE(packet && *packet);

  EXPECT_EQ(ownAck(**packet).arguments, QList<QByteArray>{R"({"ok":{}})"});
}

TEST(SocketIoPackets, TakeARelaysProblemForWhatItIs) {
  const Error error =
      connectError(R"({"message":"rate_limited","data":{"code":"rate_limited","message":"slow","retry_after":7}})");

  EXPECT_EQ(error.kind, ErrorKind::RateLimited);
  EXPECT_EQ(error.code, "rate_limited");
  EXPECT_EQ(error.retryAfter, std::chrono::seconds(7));
}

TEST(SocketIoPackets, TakeACodeAlone) {
  EXPECT_EQ(connectError(R"({"message":"unauthorized"})").kind, ErrorKind::Unauthorized);
  EXPECT_EQ(connectError(R"({"message":"device_pending"})").kind, ErrorKind::Forbidden);
}

TEST(SocketIoPackets, NameRefusalsOfOtherServers) {
  for (const auto *payload : {R"({"message":"go away"})", R"("no")", "", R"({"data":{"x":1}})", R"({"message":3})"}) {
    const Error error = connectError(payload);
    EXPECT_EQ(error.kind, ErrorKind::Forbidden) << payload;
    EXPECT_EQ(error.code, "connect_error") << payload;
  }
}

}  // namespace gx::net
