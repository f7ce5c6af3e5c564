// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/polling_transport.h"

#include <gtest/gtest.h>

#include "core/net/rest_failure.h"
#include "tests/core/net/fake_realtime.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using test::FakeRealtime;
using test::httpAnswer;

namespace {

// One transport against one server, which may be no Engine.IO server at all.
class PollingTransportTest : public ::testing::Test {
 protected:
  ~PollingTransportTest() override {
    transport.close();
    test::await(http.shutdown());
  }
  static EngineIoOptions optionsFor(const QString &url) {
    EngineIoOptions options;
    options.url = QUrl(url + QStringLiteral("/socket.io/"));
    options.maxMessage = 10'000;
    return options;
  }
  // Opened, and the session told.
  void opens(qint64 maxPayload = 1'000'000) {
    wire::EngineIoHandshake handshake;
    handshake.sid = "s1";
    handshake.maxPayload = maxPayload;
    const auto once = static_cast<Qt::ConnectionType>(Qt::AutoConnection | Qt::SingleShotConnection);
    QObject::connect(
        &transport, &EngineIoTransport::received, &transport, [=, this] { transport.useSession(handshake); }, once);
    transport.open({});
    ASSERT_TRUE(received.waitFor(1));
  }
  static Error failureOf(const QByteArray &answer) {
    const test::FakeHttpServer server(test::always(answer));
    test::ManualClock clock;
    HttpClient http(clock, {});
    PollingTransport transport(http, optionsFor(server.url()));
    test::SignalProbe<Error> failed(&transport, &EngineIoTransport::failed);
    transport.open({});
    EXPECT_TRUE(failed.waitFor(1));
    test::await(http.shutdown());
    return failed.value();
  }
  QList<QByteArray> posts() {
    QList<QByteArray> bodies;
    for (const auto &request : realtime.server().requests())
      if (request.method == "POST") bodies.append(request.body);
    return bodies;
  }

  FakeRealtime realtime{{}};
  test::ManualClock clock;
  HttpClient http{clock, {}};
  PollingTransport transport{http, optionsFor(realtime.url())};
  test::SignalProbe<> opened{&transport, &EngineIoTransport::opened};
  test::SignalProbe<EngineIoFrame> received{&transport, &EngineIoTransport::received};
  test::SignalProbe<> paused{&transport, &EngineIoTransport::paused};
  test::SignalProbe<Error> failed{&transport, &EngineIoTransport::failed};
};

}  // namespace

TEST_F(PollingTransportTest, StartsASession) {
  opens();

  EXPECT_EQ(opened.count(), 1U);
  EXPECT_TRUE(received.value().bytes.startsWith("0{\"sid\":\"s1\""));
  const auto &request = realtime.server().requests().first();
  EXPECT_TRUE(request.target.startsWith("/socket.io/?EIO=4&transport=polling&t="));
  EXPECT_EQ(transport.name(), "polling");
}

TEST_F(PollingTransportTest, ReceivesSeveralPacketsInOrder) {
  opens();
  realtime.push("4one");
  realtime.push("4two");
  realtime.pushBinary("bytes");

  ASSERT_TRUE(received.waitFor(4));
  EXPECT_EQ(received.value(1), EngineIoFrame{"4one"});
  EXPECT_EQ(received.value(2), EngineIoFrame{"4two"});
  EXPECT_EQ(received.value(3), (EngineIoFrame{"bytes", true}));
}

TEST_F(PollingTransportTest, GathersWhatWaitsIntoOnePost) {
  opens();
  transport.send({"4first"});
  transport.send({"4second"});
  transport.send({"third", true});

  test::waitUntil([&] { return realtime.received().size() == 3; });

  EXPECT_EQ(realtime.received(), (QList<QByteArray>{"4first", "4second", "b:third"}));
  EXPECT_EQ(posts(), (QList<QByteArray>{"4first",
                                        "4second\x1e"
                                        "bdGhpcmQ="}));
  EXPECT_EQ(transport.bytesQueued(), 0);
}

TEST_F(PollingTransportTest, KeepsPostsBelowTheServersLimit) {
  opens(20);
  transport.send({"4a"});
  for (int i = 0; i < 6; ++i) transport.send({"4" + QByteArray(7, 'x')});

  test::waitUntil([&] { return realtime.received().size() == 7; });

  EXPECT_EQ(posts().size(), 4);
  for (const QByteArray &body : posts()) EXPECT_LE(body.size(), 20);
}

TEST_F(PollingTransportTest, PausesWhenNothingIsUnderWay) {
  opens();
  transport.send({"4last"});
  test::waitUntil([&] { return realtime.received().size() == 1; });

  transport.pause();
  EXPECT_EQ(paused.count(), 0U);
  realtime.push("6");

  ASSERT_TRUE(paused.waitFor(1));
  const auto requests = realtime.server().requests().size();
  transport.send({"4never"});
  EXPECT_EQ(realtime.server().requests().size(), requests);
}

TEST_F(PollingTransportTest, SaysGoodbye) {
  opens();

  transport.close();

  test::waitUntil([&] { return realtime.received() == QList<QByteArray>{"1"}; });
  EXPECT_EQ(failed.count(), 0U);
}

TEST_F(PollingTransportTest, FailsWhenTheConnectionIsCut) {
  opens();
  test::waitUntil([&] { return realtime.server().requests().size() == 2; });
  realtime.server().close();

  for (int i = 0; i < 5 && failed.count() == 0; ++i) {
    realtime.cut();
    for (auto *socket : realtime.server().findChildren<QTcpSocket *>()) socket->abort();
    QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
  }

  ASSERT_TRUE(failed.waitFor(1));
  EXPECT_EQ(failed.value().kind, ErrorKind::Network);
}

TEST_F(PollingTransportTest, FailsOnMoreThanTheLimit) {
  opens();

  realtime.push("4" + QByteArray(30'000, 'x'));

  ASSERT_TRUE(failed.waitFor(1));
  EXPECT_EQ(failed.value().kind, ErrorKind::TooLarge);
}

TEST_F(PollingTransportTest, NamesASessionTheServerForgot) {
  opens();
  wire::EngineIoHandshake stranger;
  stranger.sid = "other";
  transport.useSession(stranger);

  transport.send({"4x"});

  ASSERT_TRUE(failed.waitFor(1));
  EXPECT_EQ(failed.value().code, "session_unknown");
}

TEST_F(PollingTransportTest, NamesWhatIsNoEngineIo) {
  EXPECT_EQ(failureOf(httpAnswer(200, "<html>Please log in</html>", "text/html")).code, kNotARelay);
  EXPECT_EQ(failureOf(httpAnswer(200, "{}")).code, kNotARelay);
  EXPECT_EQ(failureOf(httpAnswer(200, "", "text/plain")).code, kNotARelay);
  EXPECT_EQ(failureOf(httpAnswer(302, "", "", {"Location: http://portal.example/"})).code, kNotARelay);
  EXPECT_EQ(failureOf(httpAnswer(404, "no", "text/plain")).code, kNotARelay);
}

TEST_F(PollingTransportTest, NamesRefusals) {
  EXPECT_EQ(failureOf(httpAnswer(400, R"({"code":5,"message":"Unsupported protocol version"})")).code,
            "engineio_refused");
  EXPECT_EQ(failureOf(httpAnswer(403, R"({"code":4,"message":"Forbidden"})")).kind, ErrorKind::Forbidden);
  EXPECT_EQ(failureOf(httpAnswer(502, "<html>", "text/html")).code, "relay_unreachable");
  EXPECT_EQ(failureOf(httpAnswer(429, "", "text/plain")).kind, ErrorKind::RateLimited);
}

TEST_F(PollingTransportTest, NamesPacketsThatAreNone) {
  EXPECT_EQ(failureOf(httpAnswer(200,
                                 "0{}\x1e"
                                 "9x",
                                 "text/plain"))
                .code,
            kProtocolError);
}

}  // namespace gx::net
