// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket.h"

#include <gtest/gtest.h>

#include "tests/server/net/websocket_peer.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::RawClient;
using test::RawWebSocket;
using test::WebSocketPeer;

TEST(WebSocket, ShakesHandsAndEchoes) {
  LocalServer server;
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  EXPECT_TRUE(client.head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));  // RFC 6455 1.3
  EXPECT_FALSE(client.head.contains("Content-Length"));

  client.sendText("hello");
  EXPECT_EQ(client.next().payload, "hello");
  client.sendBinary(QByteArray(100'000, 'x'));
  EXPECT_EQ(client.next().payload.size(), 100'000);
}

TEST(WebSocket, ReadsWhatComesWithTheHandshake) {
  LocalServer server;
  WebSocketPeer peer(server);
  RawClient client(server.port());
  client.send(RawWebSocket::request("/ws/") + test::textFrame("early"));
  EXPECT_TRUE(client.waitFor("early"));
}

TEST(WebSocket, TheAcceptorMayRefuse) {
  LocalServer server;
  WebSocketPeer peer(server);
  RawClient client(server.port());
  client.send(RawWebSocket::request("/ws?no"));
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 403"));
  RawClient elsewhere(server.port());
  elsewhere.send(RawWebSocket::request("/other"));
  EXPECT_TRUE(elsewhere.waitForEnd());
  EXPECT_TRUE(elsewhere.received().startsWith("HTTP/1.1 404"));
}

TEST(WebSocket, ClosesWhenThePeerCloses) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  client.send(test::closeFrame(4000, "done"));
  EXPECT_EQ(client.closeCode(), 4000);
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 4000);
  EXPECT_EQ(server.http().connectionCount(), 0);
}

TEST(WebSocket, ClosesByItself) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  peer.socket->sendText("last words");
  peer.socket->close(4401, "revoked");
  peer.socket->sendText("never sent");
  EXPECT_FALSE(peer.socket->isOpen());
  EXPECT_EQ(client.nextText(), "last words");
  const auto close = client.next();
  EXPECT_EQ(close.closeCode(), 4401);
  EXPECT_EQ(close.payload.mid(2), "revoked");
  client.sendText("ignored");
  client.send(test::closeFrame(4401));
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 4401);
  EXPECT_TRUE(peer.messages.empty());
}

TEST(WebSocket, DoesNotWaitForeverForThePeersClose) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  peer.socket->close(1001);
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, TellsWhenTheStreamJustEnds) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  client.client().disconnect();
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, ListenersThatAreGoneHearNothing) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  std::exchange(peer.socket, nullptr)->forgetListener();
  client.sendText("anybody?");
  client.send(test::closeFrame(1000));
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
  EXPECT_TRUE(peer.messages.empty());
  EXPECT_EQ(peer.closeCode, 0);
}

TEST(WebSocket, SharesOneFrameAmongMany) {
  LocalServer server;
  WebSocketPeer first(server);
  RawWebSocket one(server.port());
  WebSocket *firstSocket = first.socket;
  RawWebSocket two(server.port());
  const SharedFrame frame = SharedFrame::text(QByteArray(1000, 's'));
  firstSocket->send(frame);
  first.socket->send(frame);
  EXPECT_EQ(one.nextText().size(), 1000);
  EXPECT_EQ(two.nextText().size(), 1000);
}

TEST(WebSocket, ManyPacketsOfOneTurnReachAClientThatReads) {
  LocalServer server;
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  for (int i = 0; i < 5000; ++i) peer.socket->sendText(QByteArray::number(i));
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(client.nextText(), QByteArray::number(i));
}

}  // namespace
}  // namespace gx::server::net
