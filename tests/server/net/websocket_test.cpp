// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket.h"

#include <gtest/gtest.h>

#include "server/net/websocket_handshake.h"
#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_websocket.h"

namespace gx::server::net {
namespace {

using namespace std::chrono_literals;
using test::ClientFrame;
using test::LocalServer;
using test::RawClient;
using test::RawWebSocket;

// Takes one socket, writes down what it hears and answers what the test says.
class Peer final : public WebSocketListener, public WebSocketAcceptor {
 public:
  explicit Peer(LocalServer &server) : m_http(server.http()) { m_http.mountWebSocket("/ws", *this); }
  ~Peer() override {
    m_http.unmountWebSocket(*this);
    if (socket) socket->forgetListener();
    m_http.connections().forEach([](Connection &connection) { connection.abort(); });
    test::waitUntil([&] { return m_http.connectionCount() == 0; });
  }

  Decision accept(const HttpRequest &request) override {
    if (request.query == "no") return {nullptr, HttpResponse::problem(403, "forbidden", "")};
    return {this, {}};
  }
  void opened(WebSocket &opened) override { socket = &opened; }
  void messageReceived(QByteArrayView message, bool isBinary) override {
    messages.push_back((isBinary ? "b:" : "t:") + message.toByteArray());
    if (echoes && isBinary) socket->sendBinary(message);
    if (echoes && !isBinary) socket->sendText(message);
  }
  void closed(quint16 code) override {
    socket = nullptr;
    closeCode = code;
  }

  WebSocket *socket = nullptr;
  std::vector<QByteArray> messages;
  int closeCode = 0;
  bool echoes = true;

 private:
  HttpServer &m_http;
};

NetLimits quickSockets() {
  NetLimits limits = NetLimits::withoutAdmission();
  limits.webSocketCloseWithin = 200ms;
  limits.lingering = 100ms;
  return limits;
}

TEST(WebSocket, ShakesHandsAndEchoes) {
  LocalServer server;
  Peer peer(server);
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
  Peer peer(server);
  RawClient client(server.port());
  client.send(RawWebSocket::request("/ws/") + test::textFrame("early"));
  EXPECT_TRUE(client.waitFor("early"));
}

TEST(WebSocket, TheAcceptorMayRefuse) {
  LocalServer server;
  Peer peer(server);
  RawClient client(server.port());
  client.send(RawWebSocket::request("/ws?no"));
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 403"));
  RawClient elsewhere(server.port());
  elsewhere.send(RawWebSocket::request("/other"));
  EXPECT_TRUE(elsewhere.waitForEnd());
  EXPECT_TRUE(elsewhere.received().startsWith("HTTP/1.1 404"));
}

TEST(WebSocket, A84_BadHandshakes) {
  LocalServer server;
  Peer peer(server);
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
  Peer peer(server);
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

TEST(WebSocket, ClosesWhenThePeerCloses) {
  LocalServer server(quickSockets());
  Peer peer(server);
  RawWebSocket client(server.port());
  client.send(test::closeFrame(4000, "done"));
  EXPECT_EQ(client.closeCode(), 4000);
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 4000);
  EXPECT_EQ(server.http().connectionCount(), 0);
}

TEST(WebSocket, ClosesByItself) {
  LocalServer server(quickSockets());
  Peer peer(server);
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
  LocalServer server(quickSockets());
  Peer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  peer.socket->close(1001);
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, TellsWhenTheStreamJustEnds) {
  LocalServer server(quickSockets());
  Peer peer(server);
  RawWebSocket client(server.port());
  client.client().disconnect();
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, ListenersThatAreGoneHearNothing) {
  LocalServer server(quickSockets());
  Peer peer(server);
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

TEST(WebSocket, A78_DeclaredSizesAreRefused) {
  LocalServer server(quickSockets());
  Peer peer(server);
  RawWebSocket client(server.port());
  client.send(ClientFrame{.opcode = 2, .lengthBytes = 8, .declared = (quint64{1} << 63) - 1}.bytes());
  EXPECT_EQ(client.closeCode(), 1009);
  test::waitUntil([&] { return peer.closeCode != 0; });
  EXPECT_EQ(peer.closeCode, 1009);
}

TEST(WebSocket, A79_MillionsOfFragments) {
  LocalServer server(quickSockets());
  Peer peer(server);
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
  LocalServer server(quickSockets());
  Peer peer(server);
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
  LocalServer server(quickSockets());
  Peer peer(server);
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

TEST(WebSocket, SharesOneFrameAmongMany) {
  LocalServer server;
  Peer first(server);
  RawWebSocket one(server.port());
  WebSocket *firstSocket = first.socket;
  RawWebSocket two(server.port());
  const SharedFrame frame = SharedFrame::text(QByteArray(1000, 's'));
  firstSocket->send(frame);
  first.socket->send(frame);
  EXPECT_EQ(one.nextText().size(), 1000);
  EXPECT_EQ(two.nextText().size(), 1000);
}

TEST(WebSocket, ReadersThatDoNotReadAreDroppedAtTheLimit) {
  NetLimits limits = quickSockets();
  limits.sendQueueBytes = 1024 * 1024;
  LocalServer server(limits);
  Peer peer(server);
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
  LocalServer server(quickSockets());
  Peer peer(server);
  RawWebSocket client(server.port(), "/ws", 4096);
  test::waitUntil([&] {
    for (int i = 0; i < 100 && peer.socket; ++i) peer.socket->sendText(QByteArray(3000, 'x'));
    return peer.closeCode != 0;
  });
  EXPECT_EQ(peer.closeCode, 1006);
}

TEST(WebSocket, ManyPacketsOfOneTurnReachAClientThatReads) {
  LocalServer server;
  Peer peer(server);
  RawWebSocket client(server.port());
  test::waitUntil([&] { return peer.socket != nullptr; });
  for (int i = 0; i < 5000; ++i) peer.socket->sendText(QByteArray::number(i));
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(client.nextText(), QByteArray::number(i));
}

}  // namespace
}  // namespace gx::server::net
