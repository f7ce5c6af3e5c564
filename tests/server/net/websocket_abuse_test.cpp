// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The cases of RELIABILITY 5.C about web sockets, over a socket.
#include <gtest/gtest.h>

#include "tests/server/net/websocket_peer.h"

namespace gx::server::net {
namespace {

using test::ClientFrame;
using test::LocalServer;
using test::RawClient;
using test::RawWebSocket;
using test::WebSocketPeer;

TEST(WebSocket, A84_BadHandshakes) {
  LocalServer server;
  WebSocketPeer peer(server);
  const QByteArray good = RawWebSocket::request("/ws");
  const auto status = [&](QByteArray request, const QByteArray &from, const QByteArray &to) {
    RawClient client(server.port());
    client.send(request.replace(from, to));
    EXPECT_TRUE(client.waitForEnd());
    return client.received().mid(9, 3);
  };
  EXPECT_EQ(status(good, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), "400");
  EXPECT_EQ(status(good, "dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="), "400");
  EXPECT_EQ(status(good, "dGhlIHNhbXBsZSBub25jZQ==", "not base64 at all!!"), "400");
  EXPECT_EQ(status(good, "Version: 13", "Version: 8"), "426");
  EXPECT_EQ(status(good, "Sec-WebSocket-Version: 13\r\n", ""), "426");
  EXPECT_EQ(status(good, "Upgrade: websocket", "Upgrade: h2c"), "400");
  EXPECT_EQ(status(good, "GET ", "POST "), "400");
}

TEST(WebSocket, A83_ExtensionsAreNotNegotiated) {
  LocalServer server;
  WebSocketPeer peer(server);
  RawClient client(server.port());
  client.send(RawWebSocket::request("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
  ASSERT_TRUE(client.waitFor("\r\n\r\n"));
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 101"));
  EXPECT_FALSE(client.received().contains("Extensions"));

  RawClient large(server.port());
  large.send(RawWebSocket::request("/ws", "Sec-WebSocket-Extensions: " + QByteArray(64 * 1024, 'x') + "\r\n"));
  EXPECT_TRUE(large.waitForEnd());
  EXPECT_TRUE(large.received().startsWith("HTTP/1.1 431"));
}

TEST(WebSocket, A78_DeclaredSizesAreRefused) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  client.send(ClientFrame{.opcode = 2, .lengthBytes = 8, .declared = (quint64{1} << 63) - 1}.bytes());
  EXPECT_EQ(client.closeCode(), 1009);
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1009);
}

TEST(WebSocket, A79_MillionsOfFragments) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  QByteArray fragments;
  for (int i = 0; i < 10'000; ++i) fragments += ClientFrame{.opcode = 0, .payload = "x", .isFinal = false}.bytes();
  client.send(ClientFrame{.payload = "x", .isFinal = false}.bytes());
  for (int i = 0; i < 300 && client.send(fragments); ++i) client.client().collect();
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1008);
}

TEST(WebSocket, A80_PingFlood) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port());
  const QByteArray ping = ClientFrame{.opcode = 9, .payload = "p"}.bytes();
  client.send(ping.repeated(10));
  for (int i = 0; i < 10; ++i) {
    const auto pong = client.next();
    EXPECT_EQ(pong.opcode, 10);
    EXPECT_EQ(pong.payload, "p");
  }
  client.send(ping);
  EXPECT_EQ(client.closeCode(), 1008);
  EXPECT_TRUE(client.waitForEnd());
}

TEST(WebSocket, A81_A82_ProtocolErrors) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  const auto code = [&](const QByteArray &bytes) {
    RawWebSocket client(server.port());
    client.send(bytes);
    const int close = client.closeCode();
    EXPECT_TRUE(client.waitForEnd());
    return close;
  };
  EXPECT_EQ(code(ClientFrame{.payload = "hello", .isMasked = false}.bytes()), 1002);
  EXPECT_EQ(code(ClientFrame{.opcode = 9, .payload = QByteArray(126, 'x')}.bytes()), 1002);
  EXPECT_EQ(code(ClientFrame{.opcode = 3}.bytes()), 1002);
  EXPECT_EQ(code(test::closeFrame(1005)), 1002);
  EXPECT_EQ(code(test::textFrame("\xff")), 1007);
  EXPECT_TRUE(peer.messages.empty());
}

TEST(WebSocket, ReadersThatDoNotReadAreDroppedAtTheLimit) {
  NetLimits limits = test::quickSockets();
  limits.sendQueueBytes = 1024 * 1024;
  LocalServer server(limits);
  WebSocketPeer peer(server);
  RawWebSocket client(server.port(), "/ws", 4096);
  const SharedFrame frame = SharedFrame::binary(QByteArray(100'000, 'x'));
  qint64 most = 0;
  test::waitUntil([&] {
    if (peer.socket) peer.socket->send(frame);
    if (peer.socket) most = std::max(most, peer.socket->bytesWaiting());
    return peer.closeCode != 0;
  });
  EXPECT_LE(most, limits.sendQueueBytes + frame.bytes().size());
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, ReadersThatDoNotReadAreDroppedAtTheCountOfPackets) {
  LocalServer server(test::quickSockets());
  WebSocketPeer peer(server);
  RawWebSocket client(server.port(), "/ws", 4096);
  test::waitUntil([&] {
    for (int i = 0; i < 100 && peer.socket; ++i) peer.socket->sendText(QByteArray(3000, 'x'));
    return peer.closeCode != 0;
  });
  EXPECT_EQ(peer.closeCode, 1006);
}

}  // namespace
}  // namespace gx::server::net
