// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The cases of the official Engine.IO v4 suite, and what RELIABILITY 5.C says about sessions.
#include "server/realtime/engineio_server.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include "tests/server/realtime/raw_polling.h"

namespace gx::server::realtime {
namespace {

using namespace std::chrono_literals;
using test::LocalServer;
using test::RawClient;
using test::RawPolling;
using test::RawWebSocket;

constexpr char kSocketTarget[] = "/engine.io/?EIO=4&transport=websocket";

class EchoListener final : public EngineIoListener {
 public:
  void sessionOpened(EngineIoSession &session) override { opened = &session; }
  void messageReceived(EngineIoSession &session, QByteArrayView message, bool isBinary) override {
    messages.push_back(message.toByteArray());
    if (isBinary) return session.sendBinary(message);
    session.sendText("4" + message.toByteArray());
  }
  void sessionClosed(EngineIoSession &) override {
    ++closed;
    opened = nullptr;
  }
  EngineIoSession *opened = nullptr;
  std::vector<QByteArray> messages;
  int closed = 0;
};

EngineIoOptions engineOptions() {
  EngineIoOptions options;
  options.path = "/engine.io/";
  options.pingInterval = 300ms;
  options.pingTimeout = 200ms;
  options.upgradeWithin = 250ms;
  options.allowedOrigins = {"https://app.example"};
  return options;
}

struct EngineIo : ::testing::Test {
  explicit EngineIo(EngineIoOptions options = engineOptions())
      : engine(server.http(), random, std::move(options), listener) {}
  [[nodiscard]] RawPolling polling() { return RawPolling(server.port()); }

  LocalServer server;
  OsRandom random;
  EchoListener listener;
  EngineIoServer engine;
};

TEST_F(EngineIo, PollingOpensASession) {
  RawPolling client = polling();
  const auto answer = client.exchange("GET", "EIO=4&transport=polling");
  EXPECT_EQ(answer.status, 200);
  ASSERT_TRUE(answer.body.startsWith('0'));
  const QJsonObject open = QJsonDocument::fromJson(answer.body.mid(1)).object();
  EXPECT_EQ(open.size(), 5);
  EXPECT_EQ(open[QStringLiteral("sid")].toString().size(), 22);  // 128 bits
  EXPECT_EQ(open[QStringLiteral("upgrades")].toArray().size(), 1);
  EXPECT_EQ(open[QStringLiteral("pingInterval")].toInt(), 300);
  EXPECT_EQ(open[QStringLiteral("pingTimeout")].toInt(), 200);
  EXPECT_EQ(open[QStringLiteral("maxPayload")].toInt(), 1'000'000);
}

TEST_F(EngineIo, A53_HandshakesOfOtherVersionsAndTransports) {
  RawPolling client = polling();
  const auto refused = [&](const QByteArray &method, const QByteArray &query) {
    const auto answer = client.exchange(method, query);
    EXPECT_EQ(answer.status, 400) << query.constData();
    return QJsonDocument::fromJson(answer.body).object()[QStringLiteral("code")].toInt(-1);
  };
  EXPECT_EQ(refused("GET", "transport=polling"), 5);
  EXPECT_EQ(refused("GET", "EIO=3&transport=polling"), 5);
  EXPECT_EQ(refused("GET", "EIO=999&transport=polling"), 5);
  EXPECT_EQ(refused("GET", "EIO=abc&transport=polling"), 5);
  EXPECT_EQ(refused("GET", "EIO=4"), 0);
  EXPECT_EQ(refused("GET", "EIO=4&transport=abc"), 0);
  EXPECT_EQ(refused("POST", "EIO=4&transport=polling"), 2);
  EXPECT_EQ(refused("PUT", "EIO=4&transport=polling"), 2);
  EXPECT_EQ(engine.sessionCount(), 0);
}

TEST_F(EngineIo, A54_UnknownSessions) {
  RawPolling client = polling();
  client.sid = "AAAAAAAAAAAAAAAAAAAAAA";
  const auto answer = client.poll();
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, R"({"code":1,"message":"Session ID unknown"})");
  EXPECT_EQ(client.post("4x").status, 400);
  QSet<QByteArray> sids;
  for (int i = 0; i < 50; ++i) sids.insert(polling().open());
  EXPECT_EQ(sids.size(), 50);
}

TEST_F(EngineIo, WebSocketOpensASession) {
  RawWebSocket socket(server.port(), kSocketTarget);
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

TEST_F(EngineIo, PollingCarriesTextAndBinary) {
  RawPolling client = polling();
  client.open();
  const auto posted = client.post(
      "4hello\x1e"
      "4wörld\x1e"
      "bAQIDBA==");
  EXPECT_EQ(posted.status, 200);
  EXPECT_EQ(posted.body, "ok");
  EXPECT_EQ(listener.messages, (std::vector<QByteArray>{"hello", "wörld", "\x01\x02\x03\x04"}));
  EXPECT_EQ(client.poll().body,
            "4hello\x1e"
            "4wörld\x1e"
            "bAQIDBA==");
}

TEST_F(EngineIo, AWaitingPollIsAnsweredByTheNextMessage) {
  RawPolling client = polling();
  client.open();
  const auto waiting = client.start("GET", client.query());
  client.post("4hello");
  EXPECT_EQ(RawPolling::finish(*waiting).body, "4hello");
}

TEST_F(EngineIo, A55_TwoPollsAtOnceCloseTheSession) {
  RawPolling client = polling();
  client.open();
  const auto first = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  const auto second = client.poll();
  EXPECT_EQ(second.status, 400);
  const auto answer = RawPolling::finish(*first);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "1");
  EXPECT_EQ(client.poll().status, 400);
  EXPECT_EQ(listener.closed, 1);
}

TEST_F(EngineIo, ACancelledPollClosesTheSession) {
  RawPolling client = polling();
  client.open();
  auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  waiting.reset();
  test::waitUntil([&] { return listener.closed == 1; });
  EXPECT_EQ(client.poll().status, 400);
}

TEST_F(EngineIo, A56_PostsOverThePayloadLimit) {
  RawPolling client = polling();
  client.open();
  EXPECT_EQ(client.post("4" + QByteArray(999'999, 'x')).status, 200);
  EXPECT_EQ(client.exchange("POST", client.query(), "4" + QByteArray(1'000'000, 'x')).status, 413);
}

TEST_F(EngineIo, A57_PostsOfTooManyPackets) {
  RawPolling client = polling();
  client.open();
  EXPECT_EQ(client.post(QByteArray("4x\x1e").repeated(63) + "4x").status, 200);
  EXPECT_EQ(client.poll().status, 200);
  EXPECT_EQ(client.post(QByteArray("4\x1e").repeated(10'000)).status, 400);
  EXPECT_EQ(listener.messages.size(), 128U);
  EXPECT_EQ(client.poll().status, 400);
}

TEST_F(EngineIo, A58_BrokenPosts) {
  for (const QByteArray body : {"abc", "7", "\x1e",
                                "4a\x1e\x1e"
                                "4b",
                                "b!!!!", "4\xff", "0{}", "5", "2", "2probe", "1x"}) {
    RawPolling client = polling();
    client.open();
    const int status = client.post(body).status;
    EXPECT_TRUE(status == 400 || body == "5" || body.startsWith('2') || body == "0{}") << body.constData() << status;
    EXPECT_EQ(client.poll().status, 400) << body.constData();
  }
  RawPolling empty = polling();
  empty.open();
  EXPECT_EQ(empty.post("").status, 400);
}

TEST_F(EngineIo, PollingHeartbeat) {
  RawPolling client = polling();
  client.open();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.poll().body, "2");
    EXPECT_EQ(client.post("3").status, 200);
  }
}

TEST_F(EngineIo, A61_WithoutPongsTheSessionEnds) {
  RawPolling client = polling();
  client.open();
  RawWebSocket socket(server.port(), kSocketTarget);
  socket.next();
  EXPECT_EQ(socket.nextText(), "2");
  EXPECT_EQ(socket.closeCode(), 1001);
  test::waitUntil([&] { return listener.closed == 2; });
  EXPECT_EQ(client.poll().status, 400);
  EXPECT_EQ(engine.sessionCount(), 0);
}

TEST_F(EngineIo, WebSocketHeartbeat) {
  RawWebSocket socket(server.port(), kSocketTarget);
  socket.next();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(socket.nextText(), "2");
    socket.sendText("3");
  }
}

TEST_F(EngineIo, A62_PingsFromTheClientAndPongsNobodyAskedFor) {
  for (const char *packet : {"2", "3"}) {
    RawWebSocket socket(server.port(), kSocketTarget);
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

  RawWebSocket socket(server.port(), kSocketTarget);
  socket.next();
  socket.sendText("1");
  EXPECT_EQ(socket.closeCode(), 1000);
}

TEST_F(EngineIo, BrokenSocketPacketsCloseTheSession) {
  for (const char *packet : {"abc", "", "0", "5", "9"}) {
    RawWebSocket socket(server.port(), kSocketTarget);
    socket.next();
    socket.sendText(packet);
    EXPECT_EQ(socket.closeCode(), 1002) << packet;
  }
}

TEST_F(EngineIo, SocketsCarryTextAndBinary) {
  RawWebSocket socket(server.port(), kSocketTarget);
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

  RawWebSocket socket(server.port(), kSocketTarget);
  socket.next();
  listener.opened->close(4409);
  EXPECT_EQ(socket.closeCode(), 4409);
  test::waitUntil([&] { return listener.closed == 2; });
  EXPECT_EQ(engine.sessionCount(), 0);
}

TEST_F(EngineIo, APollingClientThatNeverPollsIsDropped) {
  RawPolling client = polling();
  client.open();
  const net::SharedFrame frame = net::SharedFrame::text("4" + QByteArray(100'000, 'x'));
  for (int i = 0; i < 50; ++i) listener.opened->send(frame);
  test::waitUntil([&] { return listener.closed == 1; });
}

TEST_F(EngineIo, LongQueuesAreSplitOverPolls) {
  RawPolling client = polling();
  client.open();
  for (int i = 0; i < 30; ++i) listener.opened->sendText("4" + QByteArray(100'000, 'x'));
  qsizetype total = 0;
  for (int i = 0; i < 4; ++i) {
    const QByteArray body = client.poll().body;
    EXPECT_LE(body.size(), 1'000'000);
    total += body.count('4');
  }
  EXPECT_EQ(total, 30);
}

TEST_F(EngineIo, A85_OtherOriginsAreForbidden) {
  RawPolling client = polling();
  const auto evil = client.exchange("GET", "EIO=4&transport=polling", {}, "Origin: https://evil.example\r\n");
  EXPECT_EQ(evil.status, 403);
  EXPECT_FALSE(evil.head.contains("Access-Control"));
  RawClient socket(server.port());
  socket.send(RawWebSocket::request(kSocketTarget, "Origin: https://evil.example\r\n"));
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
    EngineIoServer shortLived(other.http(), random, engineOptions(), listener);
    socket = new RawWebSocket(other.port(), kSocketTarget);
    socket->next();
    RawPolling(other.port()).open();
  }
  EXPECT_TRUE(socket->waitForEnd());
  delete socket;
  EXPECT_EQ(RawPolling(other.port()).exchange("GET", "EIO=4&transport=polling").body.left(11), "/engine.io/");
}

}  // namespace
}  // namespace gx::server::realtime
