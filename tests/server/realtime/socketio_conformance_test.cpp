// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The cases of the official Socket.IO v5 suite.
#include "server/realtime/socketio_server.h"

#include <gtest/gtest.h>

#include "tests/server/realtime/socketio_fixture.h"

namespace gx::server::realtime {
namespace {

using namespace std::chrono_literals;
using test::RawPolling;
using test::RawWebSocket;

struct SocketIo : test::SocketIoFixture {};

TEST_F(SocketIo, ConnectsToNamespacesWithAndWithoutPayload) {
  const struct {
    const char *connect, *answer, *auth;
  } cases[] = {{"40", "40{\"sid\":\"", "42[\"auth\",{}]"},
               {"40{\"token\":\"123\"}", "40{\"sid\":\"", "42[\"auth\",{\"token\":\"123\"}]"},
               {"40/custom,", "40/custom,{\"sid\":\"", "42/custom,[\"auth\",{}]"},
               {"40/custom,{\"token\":\"abc\"}", "40/custom,{\"sid\":\"", "42/custom,[\"auth\",{\"token\":\"abc\"}]"}};
  for (const auto &c : cases) {
    const auto socket = open();
    socket->sendText(c.connect);
    const QByteArray answer = socket->nextText();
    EXPECT_TRUE(answer.startsWith(c.answer)) << answer.constData();
    EXPECT_TRUE(answer.endsWith("\"}"));
    EXPECT_EQ(socket->nextText(), c.auth);
  }
}

TEST_F(SocketIo, A64_UnknownNamespaces) {
  const auto socket = open();
  socket->sendText("40/random");
  EXPECT_EQ(socket->nextText(), R"(44/random,{"message":"Invalid namespace"})");
  socket->sendText("40/admin,{\"token\":\"123\"}");
  EXPECT_EQ(socket->nextText(), R"(44/admin,{"message":"Invalid namespace"})");
  socket->sendText("40/../,");
  EXPECT_TRUE(socket->nextText().startsWith("44/../,"));
  socket->sendText("40/" + QByteArray(500'000, 'n') + ",");
  EXPECT_EQ(socket->closeCode(), 1008);
  EXPECT_EQ(io.counters().sockets, 0);
}

TEST_F(SocketIo, BrokenHandshakesClose) {
  const auto socket = open();
  socket->sendText("4abc");
  EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketIo, A63_A86_WhoDoesNotConnectIsClosed) {
  const auto silent = open();
  EXPECT_EQ(silent->closeCode(), 1008);
  const auto early = open();
  early->sendText("42[\"message\",1]");
  EXPECT_EQ(early->closeCode(), 1008);
  const auto array = open();
  array->sendText("40[1]");
  EXPECT_EQ(array->nextText(), R"(44{"message":"Invalid payload"})");
  EXPECT_EQ(array->closeCode(), 1008);
  const auto large = open();
  large->sendText("40{\"token\":\"" + QByteArray(1'000'000, 'x') + "\"}");
  EXPECT_EQ(large->closeCode(), 1009);
}

TEST_F(SocketIo, DisconnectsFromNamespaces) {
  const auto socket = connect();
  socket->sendText("40/custom");
  EXPECT_TRUE(socket->nextText().startsWith("40/custom,"));
  EXPECT_TRUE(socket->nextText().startsWith("42/custom,[\"auth\""));
  socket->sendText("41/custom");
  socket->sendText("42[\"message\",\"to the main namespace\"]");
  EXPECT_EQ(socket->nextText(), "42[\"message-back\",\"to the main namespace\"]");
  EXPECT_EQ(left, std::vector<quint64>{2});
  socket->sendText("41");
  EXPECT_EQ(socket->closeCode(), 1008);  // in no namespace any more: connectWithin
  EXPECT_EQ(left, (std::vector<quint64>{2, 1}));
}

TEST_F(SocketIo, EchoesTextAndBinary) {
  const auto socket = connect();
  socket->sendText(R"(42["message",1,"2",{"3":[true]}])");
  EXPECT_EQ(socket->nextText(), R"(42["message-back",1,"2",{"3":[true]}])");
  socket->sendText(R"(452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  socket->sendBinary("\x01\x02\x03");
  socket->sendBinary("\x04\x05");
  EXPECT_EQ(socket->nextText(), R"(452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  EXPECT_EQ(socket->nextText(), "\x01\x02\x03");
  EXPECT_EQ(socket->nextText(), "\x04\x05");
}

TEST_F(SocketIo, AcknowledgesTextAndBinary) {
  const auto socket = connect();
  socket->sendText(R"(42456["message-with-ack",1,"2",{"3":[false]}])");
  EXPECT_EQ(socket->nextText(), R"(43456[1,"2",{"3":[false]}])");
  socket->sendText(R"(451-789["message-with-ack",{"_placeholder":true,"num":0}])");
  socket->sendBinary("\x01");
  EXPECT_EQ(socket->nextText(), R"(461-789[{"_placeholder":true,"num":0}])");
  EXPECT_EQ(socket->nextText(), "\x01");
  socket->sendText(R"(42["message-with-ack","no ack wanted"])");
  socket->sendText(R"(42["message",1])");
  EXPECT_EQ(socket->nextText(), R"(42["message-back",1])");
}

TEST_F(SocketIo, BrokenPacketsClose) {
  for (const char *packet : {"4abc", "42{}", "42[]", "42abc", "4", "42[\"message\"", "46", "44{\"message\":\"x\"}",
                             "47", "42/custom,[\"message\",1]"}) {
    const auto socket = connect();
    socket->sendText(packet);
    EXPECT_EQ(socket->closeCode(), 1008) << packet;
  }
}

TEST_F(SocketIo, WorksOverPolling) {
  RawPolling client(server.port(), "/socket.io/");
  client.open();
  EXPECT_EQ(client.post("40").body, "ok");
  const QByteArray connected = client.poll().body;
  EXPECT_TRUE(connected.startsWith("40{\"sid\":\""));
  EXPECT_TRUE(
      connected.endsWith("\x1e"
                         "42[\"auth\",{}]"));
  client.post(R"(451-7["message-with-ack",{"_placeholder":true,"num":0}])"
              "\x1e"
              "bAQID");
  EXPECT_EQ(client.poll().body, R"(461-7[{"_placeholder":true,"num":0}])"
                                "\x1e"
                                "bAQID");
}

TEST_F(SocketIo, PublicAndPrivateIdsDiffer) {
  const auto socket = std::make_unique<RawWebSocket>(server.port(), "/socket.io/?EIO=4&transport=websocket");
  const QByteArray engineSid = socket->nextText().mid(8, 22);
  socket->sendText("40");
  EXPECT_FALSE(socket->nextText().contains(engineSid));
}

TEST_F(SocketIo, ConnectingTwiceToOneNamespaceCloses) {
  const auto socket = connect();
  socket->sendText("40");
  EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketIo, A65_NamespacesAreLimited) {
  for (const char *name : {"/a", "/b", "/c", "/d", "/e"}) io.addNamespace(name, {});
  const auto socket = open();
  for (const char *name : {"/a", "/b", "/c", "/d"}) {
    socket->sendText(QByteArray("40") + name + ",");
    EXPECT_TRUE(socket->nextText().startsWith(QByteArray("40") + name)) << name;
  }
  socket->sendText("40/e,");
  EXPECT_EQ(socket->closeCode(), 1008);
}

}  // namespace
}  // namespace gx::server::realtime
