// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// What RELIABILITY 5.C asks of Socket.IO packets, floods and acknowledgements.
#include <gtest/gtest.h>

#include "tests/server/realtime/socketio_fixture.h"

namespace gx::server::realtime {
namespace {

using namespace std::chrono_literals;

struct SocketIoAbuse : test::SocketIoFixture {
  // How the session ends when a connected client says this.
  int closeAfter(const QByteArray &text, const QByteArray &binary = {}) {
    const auto socket = connect();
    socket->sendText(text);
    if (!binary.isEmpty()) socket->sendBinary(binary);
    return socket->closeCode();
  }
};

TEST_F(SocketIoAbuse, A66_EventNames) {
  for (const char *packet :
       {"42[1]", "42[null,1]", "42[[\"a\"]]", "42[\"connect\"]", "42[\"disconnect\"]", "42[\"connect_error\"]",
        "42[\"newListener\"]", "42[\"removeListener\"]", "42[\"disconnecting\"]"})
    EXPECT_EQ(closeAfter(packet), 1008) << packet;
  EXPECT_EQ(closeAfter("42[\"" + QByteArray(900'000, 'n') + "\"]"), 1008);
}

TEST_F(SocketIoAbuse, A67_Payloads) {
  for (const char *packet : {"42{\"message\":1}", "42[]", "42\"message\"", "42[\"message\",1,2,3,4,5,6,7,8,9]"})
    EXPECT_EQ(closeAfter(packet), 1008) << packet;
}

TEST_F(SocketIoAbuse, A68_BinaryHeaders) {
  for (const char *packet :
       {"451", "45-1-[\"x\"]", "451.5-[\"x\"]", "459999999999-[\"x\"]", "4511-[\"x\"]", "45-[\"x\"]"})
    EXPECT_EQ(closeAfter(packet), 1008) << packet;
}

TEST_F(SocketIoAbuse, A69_PromisedAttachments) {
  const QByteArray promise = R"(452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";
  {
    const auto socket = connect();
    socket->sendText(promise);
    socket->sendText("42[\"message\",1]");
    EXPECT_EQ(socket->closeCode(), 1008);
  }
  const auto socket = connect();
  socket->sendText(promise);
  socket->sendBinary("one");
  EXPECT_EQ(socket->closeCode(), 1008);  // after binaryWithin
}

TEST_F(SocketIoAbuse, A69_BinaryNobodyPromised) {
  const auto socket = connect();
  socket->sendBinary("x");
  EXPECT_EQ(socket->closeCode(), 1008);
  const auto unconnected = open();
  unconnected->sendText(R"(451-["message",{"_placeholder":true,"num":0}])");
  EXPECT_EQ(unconnected->closeCode(), 1008);
}

TEST_F(SocketIoAbuse, A70_Placeholders) {
  for (const char *num : {"5", "-1", "1.5", "\"0\"", "null", "1"})
    EXPECT_EQ(closeAfter(QByteArray(R"(451-["message",{"_placeholder":true,"num":)") + num + "}]", "x"), 1008) << num;
  EXPECT_EQ(closeAfter(R"(451-["message",{"_placeholder":true}])", "x"), 1008);
}

TEST_F(SocketIoAbuse, A71_AttachmentsOverTheMessageLimit) {
  const auto socket = connect();
  QByteArray header = "4510-[\"message\"";
  header += ",[";
  for (int i = 0; i < 10; ++i)
    header += QByteArray(i ? "," : "") + R"({"_placeholder":true,"num":)" + QByteArray::number(i) + "}";
  socket->sendText(header + "]]");
  for (int i = 0; i < 10; ++i)
    if (!socket->sendBinary(QByteArray(900'000, 'x'))) break;
  EXPECT_NE(socket->closeCode(), 1000);
  test::waitUntil([&] { return io.counters().sessions == 0; });
}

TEST_F(SocketIoAbuse, A72_AcksNobodyAskedFor) {
  const auto socket = connect();
  for (int i = 0; i < 10; ++i) socket->sendText("43" + QByteArray::number(i) + "[]");
  socket->sendText("42[\"message\",1]");
  EXPECT_EQ(socket->nextText(), "42[\"message-back\",1]");
  EXPECT_EQ(io.counters().badAcks, 10U);
  socket->sendText("4399[]");
  EXPECT_EQ(socket->closeCode(), 1008);
  for (const char *packet : {"439223372036854775808[]", "43-1[]", "43[]"})
    EXPECT_EQ(closeAfter(packet), 1008) << packet;
}

TEST_F(SocketIoAbuse, A87_DeepJson) {
  EXPECT_EQ(closeAfter("42[\"message\"," + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "]"), 1008);
}

struct SocketIoFlood : test::SocketIoFixture {
  static SocketIoOptions limited() {
    SocketIoOptions options = quickOptions();
    options.eventsPerSecond = 50;
    options.eventBurst = 100;
    return options;
  }
  SocketIoFlood() : SocketIoFixture(limited()) {}
};

TEST_F(SocketIoFlood, A74_EventFlood) {
  const auto canary = connect();
  const auto socket = connect();
  QByteArray flood;
  for (int i = 0; i < 10'000; ++i) flood += test::textFrame("42[\"message\",1]");
  socket->send(flood);
  int echoes = 0;
  auto frame = socket->next();
  for (; frame.payload == "42[\"message-back\",1]"; frame = socket->next()) ++echoes;
  EXPECT_GE(echoes, 90);
  EXPECT_LE(echoes, 250);
  EXPECT_TRUE(frame.payload.startsWith("42[\"rate_limited\",{\"code\":\"rate_limited\"")) << frame.payload.constData();
  EXPECT_EQ(socket->closeCode(), 1008);
  EXPECT_EQ(io.counters().floods, 1U);
  canary->sendText("42[\"message\",\"fine\"]");
  EXPECT_EQ(canary->nextText(), "42[\"message-back\",\"fine\"]");
}

}  // namespace
}  // namespace gx::server::realtime
