// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/engineio_client.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_transport.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace std::chrono_literals;

namespace {

constexpr char kOpen[] =
    R"(0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000})";
constexpr char kOpenAlone[] =
    R"(0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000})";

class EngineIoClientTest : public ::testing::Test {
 protected:
  void opens(const QByteArray &openPacket = kOpenAlone) {
    engine.open();
    transports.last().says(openPacket);
  }
  // Up to the point where the server has answered the probe.
  void probes() {
    opens(kOpen);
    Q_EMIT transports.at(1).opened();
    transports.at(1).says("3probe");
  }

  test::ManualClock clock;
  test::FakeTransports transports;
  EngineIoClient engine{clock, {}, transports.maker()};
  test::SignalProbe<> opened{&engine, &EngineIoClient::opened};
  test::SignalProbe<> upgraded{&engine, &EngineIoClient::upgraded};
  test::SignalProbe<Error> upgradeFailed{&engine, &EngineIoClient::upgradeFailed};
  test::SignalProbe<EngineIoFrame> received{&engine, &EngineIoClient::received};
  test::SignalProbe<Error> closed{&engine, &EngineIoClient::closed};
};

}  // namespace

TEST_F(EngineIoClientTest, OpensWithPollingFirst) {
  opens();

  EXPECT_EQ(opened.count(), 1U);
  EXPECT_TRUE(engine.isOpen());
  EXPECT_EQ(engine.transportName(), "polling");
  EXPECT_EQ(engine.handshake().sid, "abc");
  EXPECT_EQ(transports.at(0).session.sid, "abc");
  EXPECT_EQ(transports.made.size(), 1);
}

TEST_F(EngineIoClientTest, PassesMessagesOnWithoutTheirType) {
  opens();

  transports.at(0).says("4hello");
  transports.at(0).saysBinary("bytes");
  transports.at(0).says("6");

  ASSERT_EQ(received.count(), 2U);
  EXPECT_EQ(received.value(0), EngineIoFrame{"hello"});
  EXPECT_EQ(received.value(1), (EngineIoFrame{"bytes", true}));
}

TEST_F(EngineIoClientTest, AnswersPings) {
  opens();

  transports.at(0).says("2");
  transports.at(0).says("2x");

  EXPECT_EQ(transports.at(0).sent, (QList<QByteArray>{"3", "3x"}));
}

TEST_F(EngineIoClientTest, NoticesThatTheHeartbeatStopped) {
  opens();
  clock.advance(44s);
  transports.at(0).says("2");
  clock.advance(44s);
  EXPECT_EQ(closed.count(), 0U);

  clock.advance(1s);

  ASSERT_EQ(closed.count(), 1U);
  EXPECT_EQ(closed.value().code, "heartbeat_lost");
  EXPECT_FALSE(engine.isOpen());
  EXPECT_TRUE(transports.at(0).isClosed);
}

TEST_F(EngineIoClientTest, GivesUpWithoutAnOpenPacket) {
  engine.open();

  clock.advance(20s);

  ASSERT_EQ(closed.count(), 1U);
  EXPECT_EQ(closed.value().kind, ErrorKind::Timeout);
}

TEST_F(EngineIoClientTest, EndsWithTheReasonOfItsTransport) {
  opens();

  transports.at(0).breaks({ErrorKind::Network, "cut", "connection_cut"});

  ASSERT_EQ(closed.count(), 1U);
  EXPECT_EQ(closed.value().code, "connection_cut");
  EXPECT_FALSE(engine.send({{"4x"}}));
}

TEST_F(EngineIoClientTest, EndsWhenTheServerCloses) {
  opens();

  transports.at(0).says("1");

  EXPECT_EQ(closed.value().code, "connection_cut");
}

TEST_F(EngineIoClientTest, EndsOnWhatIsNoEngineIo) {
  for (const auto *frame : {"", "9", "x", "0{}", "4early"}) {
    engine.open();
    transports.last().says(frame);
    EXPECT_FALSE(engine.isOpen()) << frame;
  }
  opens();
  transports.last().says(kOpenAlone);

  EXPECT_EQ(closed.count(), 6U);
  EXPECT_EQ(closed.value(5).code, kProtocolError);
}

TEST_F(EngineIoClientTest, SaysNothingAfterItIsClosedByItsOwner) {
  opens();

  engine.close();
  clock.advance(10min);

  EXPECT_EQ(closed.count(), 0U);
  EXPECT_TRUE(transports.at(0).isClosed);
}

TEST_F(EngineIoClientTest, MayBeClosedFromWithinASignal) {
  QObject::connect(&engine, &EngineIoClient::received, &engine, &EngineIoClient::close);
  opens();

  transports.at(0).says("4one");
  EXPECT_FALSE(engine.isOpen());
  if (transports.at(0).isClosed) opens();

  EXPECT_TRUE(engine.isOpen());
}

TEST_F(EngineIoClientTest, UpgradesAndLosesNothing) {
  probes();
  EXPECT_EQ(transports.at(1).openedWith, "abc");
  EXPECT_EQ(transports.at(1).sent, QList<QByteArray>{"2probe"});
  EXPECT_TRUE(transports.at(0).isPausing);
  ASSERT_TRUE(engine.send({{"4while"}}));
  transports.at(0).says("2");
  transports.at(0).says("4late");
  EXPECT_TRUE(transports.at(0).sent.isEmpty());

  Q_EMIT transports.at(0).paused();

  EXPECT_EQ(upgraded.count(), 1U);
  EXPECT_EQ(engine.transportName(), "websocket");
  EXPECT_EQ(transports.at(1).sent, (QList<QByteArray>{"2probe", "5", "4while", "3"}));
  EXPECT_EQ(received.value(), EngineIoFrame{"late"});
  ASSERT_TRUE(engine.send({{"4after"}}));
  EXPECT_EQ(transports.at(1).sent.last(), "4after");
}

TEST_F(EngineIoClientTest, DoesNotSayGoodbyeOnTheOldTransport) {
  probes();
  const QPointer<test::FakeTransport> old = transports.made.at(0);

  Q_EMIT old->paused();

  EXPECT_FALSE(old->isClosed);
}

TEST_F(EngineIoClientTest, StaysWithPollingWhenTheUpgradeIsBlocked) {
  opens(kOpen);

  transports.at(1).breaks({ErrorKind::Network, "403", "upgrade_refused"});

  EXPECT_EQ(upgradeFailed.value().code, "upgrade_refused");
  EXPECT_TRUE(engine.isOpen());
  EXPECT_EQ(engine.transportName(), "polling");
  ASSERT_TRUE(engine.send({{"4x"}}));
  EXPECT_EQ(transports.at(0).sent, QList<QByteArray>{"4x"});
}

TEST_F(EngineIoClientTest, StaysWithPollingWhenTheProbeIsNotAnswered) {
  opens(kOpen);
  Q_EMIT transports.at(1).opened();
  transports.at(0).says("2");

  clock.advance(10s);

  EXPECT_EQ(upgradeFailed.value().kind, ErrorKind::Timeout);
  EXPECT_TRUE(transports.at(1).isClosed);
  EXPECT_TRUE(engine.isOpen());
}

TEST_F(EngineIoClientTest, StaysWithPollingWhenTheProbeIsAnsweredWrongly) {
  opens(kOpen);
  Q_EMIT transports.at(1).opened();

  transports.at(1).says("4what");

  EXPECT_EQ(upgradeFailed.value().code, kProtocolError);
  EXPECT_TRUE(engine.isOpen());
}

TEST_F(EngineIoClientTest, EndsWhenTheUpgradeBreaksHalfWay) {
  probes();

  transports.at(1).breaks({ErrorKind::Network, "cut", "connection_cut"});

  EXPECT_EQ(closed.value().code, "connection_cut");
}

TEST_F(EngineIoClientTest, ProbesOnlyWhereBothSidesWantIt) {
  EngineIoOptions options;
  options.mode = TransportMode::PollingOnly;
  test::FakeTransports own;
  EngineIoClient polling(clock, options, own.maker());
  polling.open();
  own.last().says(kOpen);
  EXPECT_EQ(own.made.size(), 1);

  opens(kOpenAlone);
  EXPECT_EQ(transports.made.size(), 1);
}

TEST_F(EngineIoClientTest, OpensWithAWebSocketAlone) {
  EngineIoOptions options;
  options.mode = TransportMode::WebSocketOnly;
  EngineIoClient direct(clock, options, transports.maker());

  direct.open();
  transports.last().says(kOpen);

  EXPECT_EQ(direct.transportName(), "websocket");
  EXPECT_EQ(transports.made.size(), 1);
}

TEST_F(EngineIoClientTest, SendsAllFramesOrNone) {
  opens();
  const QByteArray tooLong(1001, 'x');

  EXPECT_EQ(engine.send({{"4ok"}, {tooLong, true}}).error().kind, ErrorKind::TooLarge);
  EXPECT_TRUE(transports.at(0).sent.isEmpty());
  ASSERT_TRUE(engine.send({{"4ok"}, {"part", true}}));
  EXPECT_EQ(transports.at(0).sent, (QList<QByteArray>{"4ok", "b:part"}));
}

TEST_F(EngineIoClientTest, RefusesToQueueWithoutEnd) {
  opens();
  transports.at(0).queued = 4 * wire::limits::kMiB;

  EXPECT_EQ(engine.send({{"4x"}}).error().kind, ErrorKind::Full);
}

}  // namespace gx::net
