// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The cases of the official Engine.IO v4 suite over web sockets, upgrades and ends; RELIABILITY 5.C beside them.
#include "server/realtime/engineio_server.h"

#include <gtest/gtest.h>

#include "tests/server/realtime/engineio_fixture.h"

namespace gx::server::realtime {
namespace {

using test::LocalServer;
using test::RawClient;
using test::RawPolling;
using test::RawWebSocket;

struct EngineIo : test::EngineIoFixture {};

TEST_F(EngineIo, WebSocketOpensASession) {
  RawWebSocket socket(server.port(), test::kSocketTarget);
  const QByteArray open = socket.nextText();
  EXPECT_TRUE(open.startsWith("0{\"sid\":\""));
  EXPECT_TRUE(open.contains("\"upgrades\":[]"));
}

TEST_F(EngineIo, WebSocketHandshakesAreChecked) {
  for (const char *target :
       {"/engine.io/?transport=websocket", "/engine.io/?EIO=abc&transport=websocket", "/engine.io/?EIO=4",
        "/engine.io/?EIO=4&transport=abc", "/engine.io/?EIO=4&transport=websocket&sid=unknown"}) {
    RawClient client(server.port());
    client.send(RawWebSocket::request(target));
    EXPECT_TRUE(client.waitForEnd());
    EXPECT_TRUE(client.received().startsWith("HTTP/1.1 400")) << target;
  }
}

TEST_F(EngineIo, A61_WithoutPongsTheSessionEnds) {
  RawPolling client = polling();
  client.open();
  RawWebSocket socket(server.port(), test::kSocketTarget);
  socket.next();
  EXPECT_EQ(socket.nextText(), "2");
  EXPECT_EQ(socket.closeCode(), 1001);
  test::waitUntil([&] { return listener.closed == 2; });
  EXPECT_EQ(client.poll().status, 400);
  EXPECT_EQ(engine.sessionCount(), 0);
}

TEST_F(EngineIo, WebSocketHeartbeat) {
  RawWebSocket socket(server.port(), test::kSocketTarget);
  socket.next();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(socket.nextText(), "2");
    socket.sendText("3");
  }
}

TEST_F(EngineIo, A62_PingsFromTheClientAndPongsNobodyAskedFor) {
  for (const char *packet : {"2", "3"}) {
    RawWebSocket socket(server.port(), test::kSocketTarget);
    socket.next();
    socket.sendText(packet);
    EXPECT_EQ(socket.closeCode(), 1002) << packet;
  }
}

TEST_F(EngineIo, TheClientMayClose) {
  RawPolling client = polling();
  client.open();
  const auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  EXPECT_EQ(client.post("1").body, "ok");
  EXPECT_EQ(RawPolling::finish(*waiting).body, "6");
  EXPECT_EQ(client.poll().status, 400);

  RawWebSocket socket(server.port(), test::kSocketTarget);
  socket.next();
  socket.sendText("1");
  EXPECT_EQ(socket.closeCode(), 1000);
}

TEST_F(EngineIo, BrokenSocketPacketsCloseTheSession) {
  for (const char *packet : {"abc", "", "0", "5", "9"}) {
    RawWebSocket socket(server.port(), test::kSocketTarget);
    socket.next();
    socket.sendText(packet);
    EXPECT_EQ(socket.closeCode(), 1002) << packet;
  }
}

TEST_F(EngineIo, SocketsCarryTextAndBinary) {
  RawWebSocket socket(server.port(), test::kSocketTarget);
  socket.next();
  socket.sendText("4hello");
  socket.sendBinary("\x01\x02");
  EXPECT_EQ(socket.nextText(), "4hello");
  const auto binary = socket.next();
  EXPECT_EQ(binary.opcode, 2);
  EXPECT_EQ(binary.payload, "\x01\x02");
}

TEST_F(EngineIo, UpgradesFromPollingToWebSocket) {
  RawPolling client = polling();
  client.open();
  const auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  RawWebSocket socket(server.port(), client.socketTarget());
  socket.sendText("2probe");
  EXPECT_EQ(socket.nextText(), "3probe");
  EXPECT_EQ(RawPolling::finish(*waiting).body, "6");
  EXPECT_EQ(client.poll().body, "6");
  socket.sendText("5");
  socket.sendText("4hello");
  EXPECT_EQ(socket.nextText(), "4hello");
  EXPECT_EQ(client.poll().status, 400);
  EXPECT_EQ(client.post("4x").status, 400);
  RawClient further(server.port());
  further.send(RawWebSocket::request(client.socketTarget()));
  EXPECT_TRUE(further.waitForEnd());
  EXPECT_TRUE(further.received().startsWith("HTTP/1.1 400"));
  socket.sendText("4still here");
  EXPECT_EQ(socket.nextText(), "4still here");
}

TEST_F(EngineIo, A60_MessagesDuringTheUpgradeArriveOnceAndInOrder) {
  RawPolling client = polling();
  client.open();
  client.post(
      "4one\x1e"
      "bAQI=");
  RawWebSocket socket(server.port(), client.socketTarget());
  socket.sendText("2probe");
  EXPECT_EQ(socket.nextText(), "3probe");
  client.post("4two");
  socket.sendText("5");
  socket.sendText("4three");
  EXPECT_EQ(socket.nextText(), "4one");
  EXPECT_EQ(socket.nextText(), "\x01\x02");
  EXPECT_EQ(socket.nextText(), "4two");
  EXPECT_EQ(socket.nextText(), "4three");
}

TEST_F(EngineIo, A59_ProbesThatFailLeavePollingAlone) {
  RawPolling client = polling();
  client.open();
  {
    RawWebSocket wrong(server.port(), client.socketTarget());
    wrong.sendText("2something");
    EXPECT_EQ(wrong.closeCode(), 1002);
  }
  {
    RawWebSocket early(server.port(), client.socketTarget());
    early.sendText("5");
    EXPECT_EQ(early.closeCode(), 1002);
  }
  {
    RawWebSocket gone(server.port(), client.socketTarget());
    gone.sendText("2probe");
    EXPECT_EQ(gone.nextText(), "3probe");
  }
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  RawWebSocket slow(server.port(), client.socketTarget());
  RawClient second(server.port());
  second.send(RawWebSocket::request(client.socketTarget()));
  EXPECT_TRUE(second.waitForEnd());
  EXPECT_TRUE(second.received().startsWith("HTTP/1.1 400"));
  client.post("4hello");
  EXPECT_EQ(client.poll().body, "4hello");
  EXPECT_EQ(slow.closeCode(), 1008);
}

TEST_F(EngineIo, ClosedByTheServer) {
  RawPolling client = polling();
  client.open();
  EngineIoSession *session = listener.opened;
  const auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  session->sendText("4last");
  session->close(4401);
  EXPECT_FALSE(session->isOpen());
  session->sendText("4never");
  EXPECT_EQ(RawPolling::finish(*waiting).body,
            "4last\x1e"
            "1");
  EXPECT_EQ(listener.closed, 1);

  RawWebSocket socket(server.port(), test::kSocketTarget);
  socket.next();
  listener.opened->close(4409);
  EXPECT_EQ(socket.closeCode(), 4409);
  test::waitUntil([&] { return listener.closed == 2; });
  EXPECT_EQ(engine.sessionCount(), 0);
}

TEST_F(EngineIo, A85_OtherOriginsAreForbidden) {
  RawPolling client = polling();
  const auto evil = client.exchange("GET", "EIO=4&transport=polling", {}, "Origin: https://evil.example\r\n");
  EXPECT_EQ(evil.status, 403);
  EXPECT_FALSE(evil.head.contains("Access-Control"));
  RawClient socket(server.port());
  socket.send(RawWebSocket::request(test::kSocketTarget, "Origin: https://evil.example\r\n"));
  EXPECT_TRUE(socket.waitForEnd());
  EXPECT_TRUE(socket.received().startsWith("HTTP/1.1 403"));

  const auto fine = client.exchange("GET", "EIO=4&transport=polling", {}, "Origin: https://app.example\r\n");
  EXPECT_EQ(fine.status, 200);
  EXPECT_TRUE(fine.head.contains("Access-Control-Allow-Origin: https://app.example\r\n"));
  EXPECT_TRUE(fine.head.contains("Vary: Origin"));
  const auto preflight =
      client.exchange("OPTIONS", "EIO=4&transport=polling", {},
                      "Origin: https://app.example\r\nAccess-Control-Request-Headers: content-type\r\n");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_TRUE(preflight.head.contains("Access-Control-Allow-Methods: GET, POST"));
  EXPECT_TRUE(preflight.head.contains("Access-Control-Allow-Headers: content-type"));
}

TEST_F(EngineIo, TheServerMayDieWithOpenSessions) {
  LocalServer other;
  RawWebSocket *socket = nullptr;
  {
    EngineIoServer shortLived(other.http(), random, test::engineOptions(), listener);
    socket = new RawWebSocket(other.port(), test::kSocketTarget);
    socket->next();
    RawPolling(other.port()).open();
  }
  EXPECT_TRUE(socket->waitForEnd());
  delete socket;
  EXPECT_EQ(RawPolling(other.port()).exchange("GET", "EIO=4&transport=polling").body.left(11), "/engine.io/");
}

}  // namespace
}  // namespace gx::server::realtime
