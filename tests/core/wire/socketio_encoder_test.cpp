// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_encoder.h"

#include <gtest/gtest.h>

#include "core/wire/socketio_packet.h"

namespace gx::wire {
namespace {

TEST(SocketIoEncoder, WritesEvents) {
  EXPECT_EQ(encodeEvent({.name = "hey"}), "42[\"hey\"]");
  EXPECT_EQ(encodeEvent({.name = "hey", .argumentList = "\"Jude\",{\"a\":1}"}), "42[\"hey\",\"Jude\",{\"a\":1}]");
  EXPECT_EQ(encodeEvent({.name = "x", .argumentList = "1", .nsp = "/admin", .ackId = 456}), "42/admin,456[\"x\",1]");
  EXPECT_EQ(encodeEvent({.name = "x", .ackId = 0}), "420[\"x\"]");
}

TEST(SocketIoEncoder, EscapesTheName) {
  EXPECT_EQ(encodeEvent({.name = "a\"b\n"}), "42[\"a\\\"b\\n\"]");
}

TEST(SocketIoEncoder, WritesAcks) {
  EXPECT_EQ(encodeAck({.ackId = 12}), "4312[]");
  EXPECT_EQ(encodeAck({.ackId = limits::kLargestAckId, .argumentList = "1,2", .nsp = "/a"}), "43/a,2147483648[1,2]");
}

TEST(SocketIoEncoder, WritesBinaryPackets) {
  const QByteArray zero = attachmentPlaceholder(0);

  EXPECT_EQ(encodeEvent({.name = "baz", .argumentList = zero, .attachments = 1}),
            "451-[\"baz\",{\"_placeholder\":true,\"num\":0}]");
  EXPECT_EQ(encodeAck({.ackId = 17, .argumentList = zero, .nsp = "/admin", .attachments = 1}),
            "461-/admin,17[{\"_placeholder\":true,\"num\":0}]");
}

TEST(SocketIoEncoder, WritesConnectAndDisconnect) {
  EXPECT_EQ(encodeConnect("/"), "40");
  EXPECT_EQ(encodeConnect("/", "{\"sid\":\"x\"}"), "40{\"sid\":\"x\"}");
  EXPECT_EQ(encodeConnect("/admin"), "40/admin,");
  EXPECT_EQ(encodeConnectError("/r", "{\"message\":\"Invalid namespace\"}"),
            "44/r,{\"message\":\"Invalid namespace\"}");
  EXPECT_EQ(encodeDisconnect("/"), "41");
  EXPECT_EQ(encodeDisconnect("/admin"), "41/admin,");
}

TEST(SocketIoEncoder, AppendsBehindATransportsHeader) {
  QByteArray out = "head";

  appendEvent(out, {.name = "a"});
  appendAck(out, {.ackId = 1});

  EXPECT_EQ(out, "head42[\"a\"]431[]");
}

TEST(SocketIoEncoder, JoinsArguments) {
  const QByteArrayView values[] = {"1", "{\"a\":2}", "\"x\""};

  EXPECT_EQ(joinArguments(values), "1,{\"a\":2},\"x\"");
  EXPECT_EQ(joinArguments({}), "");
}

}  // namespace
}  // namespace gx::wire
