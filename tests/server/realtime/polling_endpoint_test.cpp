// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The cases of the official Engine.IO v4 suite over HTTP, and of RELIABILITY 5.C beside them.
#include "server/realtime/engineio_server.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include "tests/server/realtime/engineio_fixture.h"

namespace gx::server::realtime {
namespace {

using test::RawPolling;

struct EngineIoPolling : test::EngineIoFixture {};

TEST_F(EngineIoPolling, PollingOpensASession) {
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

TEST_F(EngineIoPolling, A53_HandshakesOfOtherVersionsAndTransports) {
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

TEST_F(EngineIoPolling, A54_UnknownSessions) {
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

TEST_F(EngineIoPolling, PollingCarriesTextAndBinary) {
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

TEST_F(EngineIoPolling, APostThatIsDeliveredTwiceIsTakenOnce) {
  RawPolling client = polling();
  client.open();
  const auto posts = [&](const QByteArray &stamp, const QByteArray &body) {
    return client.exchange("POST", client.query() + "&t=" + stamp, body);
  };

  for (const char *stamp : {"1", "2", "3"}) EXPECT_EQ(posts(stamp, "4hello").body, "ok");
  for (const char *stamp : {"1", "2", "3"}) EXPECT_EQ(posts(stamp, "4hello").body, "ok");
  EXPECT_EQ(posts("3", "4something else").body, "ok");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client.post("4without a stamp").body, "ok");

  EXPECT_EQ(listener.messages, (std::vector<QByteArray>{"hello", "hello", "hello", "something else", "without a stamp",
                                                        "without a stamp"}));
}

TEST_F(EngineIoPolling, AWaitingPollIsAnsweredByTheNextMessage) {
  RawPolling client = polling();
  client.open();
  const auto waiting = client.start("GET", client.query());
  client.post("4hello");
  EXPECT_EQ(RawPolling::finish(*waiting).body, "4hello");
}

TEST_F(EngineIoPolling, A55_TwoPollsAtOnceCloseTheSession) {
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

TEST_F(EngineIoPolling, ACancelledPollClosesTheSession) {
  RawPolling client = polling();
  client.open();
  auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  waiting.reset();
  test::waitUntil([&] { return listener.closed == 1; });
  EXPECT_EQ(client.poll().status, 400);
}

TEST_F(EngineIoPolling, A56_PostsOverThePayloadLimit) {
  RawPolling client = polling();
  client.open();
  EXPECT_EQ(client.post("4" + QByteArray(999'999, 'x')).status, 200);
  EXPECT_EQ(client.exchange("POST", client.query(), "4" + QByteArray(1'000'000, 'x')).status, 413);
}

TEST_F(EngineIoPolling, A57_PostsOfTooManyPackets) {
  RawPolling client = polling();
  client.open();
  EXPECT_EQ(client.post(QByteArray("4x\x1e").repeated(63) + "4x").status, 200);
  EXPECT_EQ(client.poll().status, 200);
  EXPECT_EQ(client.post(QByteArray("4\x1e").repeated(10'000)).status, 400);
  EXPECT_EQ(listener.messages.size(), 128U);
  EXPECT_EQ(client.poll().status, 400);
}

TEST_F(EngineIoPolling, A58_BrokenPosts) {
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

TEST_F(EngineIoPolling, PollingHeartbeat) {
  RawPolling client = polling();
  client.open();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.poll().body, "2");
    EXPECT_EQ(client.post("3").status, 200);
  }
}

TEST_F(EngineIoPolling, APollingClientThatNeverPollsIsDropped) {
  RawPolling client = polling();
  client.open();
  const net::SharedFrame frame = net::SharedFrame::text("4" + QByteArray(100'000, 'x'));
  for (int i = 0; i < 50; ++i) listener.opened->send(frame);
  test::waitUntil([&] { return listener.closed == 1; });
}

TEST_F(EngineIoPolling, LongQueuesAreSplitOverPolls) {
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

TEST_F(EngineIoPolling, LastWordsThatNobodyAsksForAreForgotten) {
  RawPolling client = polling();
  client.open();
  listener.opened->close(1012);
  EXPECT_TRUE(test::waitUntil([&] { return client.post("4x").status == 400; }));
  EXPECT_EQ(client.poll().status, 400);
}

// With time enough for a slow machine to ask.
struct EngineIoLastWords : test::EngineIoFixture {
  static EngineIoOptions patient() {
    EngineIoOptions options = test::engineOptions();
    options.pingInterval = std::chrono::seconds(30);
    options.pingTimeout = std::chrono::seconds(30);
    return options;
  }
  EngineIoLastWords() : EngineIoFixture(patient()) {}
};

TEST_F(EngineIoLastWords, AnEndedSessionSaysItsLastWordsAtTheNextPoll) {
  RawPolling client = polling();
  client.open();
  listener.opened->sendText("4bye");
  listener.opened->close(4409);
  test::waitUntil([&] { return listener.closed == 1; });
  EXPECT_EQ(engine.sessionCount(), 0);
  EXPECT_EQ(client.post("4too late").body, "ok");
  EXPECT_EQ(client.poll().body,
            "4bye\x1e"
            "1");
  EXPECT_EQ(client.poll().status, 400);
  EXPECT_TRUE(listener.messages.empty());
}

TEST_F(EngineIoLastWords, AWaitingPollHearsTheEndAtOnce) {
  RawPolling client = polling();
  client.open();
  const auto waiting = client.start("GET", client.query());
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  listener.opened->sendText("4bye");
  listener.opened->close(4409);
  EXPECT_EQ(RawPolling::finish(*waiting).body,
            "4bye\x1e"
            "1");
  EXPECT_EQ(client.poll().status, 400);
}

TEST_F(EngineIoLastWords, LongLastWordsTakeSeveralPolls) {
  RawPolling client = polling();
  client.open();
  for (int i = 0; i < 15; ++i) listener.opened->sendText("4" + QByteArray(100'000, 'x'));
  listener.opened->close(1012);
  QByteArray all;
  for (int i = 0; i < 2; ++i) all += client.poll().body;
  EXPECT_EQ(all.count('4'), 15);
  EXPECT_TRUE(
      all.endsWith("\x1e"
                   "1"));
  EXPECT_EQ(client.poll().status, 400);
}

}  // namespace
}  // namespace gx::server::realtime
