// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/socketio_client.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_transport.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace std::chrono_literals;

namespace {

Async<QByteArray> payloadOf(Result<QByteArray> payload) {
  co_return payload;
}

class SocketIoClientTest : public ::testing::Test {
 protected:
  ~SocketIoClientTest() override { test::await(client.shutdown()); }

  Async<> opening(std::stop_token stop = {}) {
    return client.open([this] { return payloadOf(payload); }, stop);
  }
  // The handshake of Engine.IO, up to the CONNECT that the client sent.
  test::FakeTransport &reached() {
    transports.last().says(
        R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})");
    return transports.last();
  }
  test::FakeTransport &connected() {
    Async<> task = opening();
    test::FakeTransport &server = reached();
    server.says(R"(40{"sid":"x"})");
    EXPECT_TRUE(test::await(std::move(task)));
    server.sent.clear();
    return server;
  }

  test::ManualClock clock;
  test::FakeTransports transports;
  Result<QByteArray> payload = QByteArray(R"({"token":"t"})");
  SocketIoClient client{clock, {}, transports.maker()};
  test::SignalProbe<SocketIoEvent> events{&client, &SocketIoClient::eventReceived};
  test::SignalProbe<Error> closed{&client, &SocketIoClient::closed};
};

}  // namespace

TEST_F(SocketIoClientTest, ConnectsWithItsPayload) {
  test::SignalProbe<QByteArray> joined(&client, &SocketIoClient::connected);
  Async<> task = opening();
  test::FakeTransport &server = reached();
  EXPECT_EQ(server.sent, QList<QByteArray>{R"(40{"token":"t"})"});
  EXPECT_FALSE(client.isConnected());

  server.says(R"(40{"sid":"x"})");

  EXPECT_TRUE(test::await(std::move(task)));
  EXPECT_TRUE(client.isConnected());
  EXPECT_EQ(joined.value(), "/");
}

TEST_F(SocketIoClientTest, AsksForAFreshPayloadEachTime) {
  connected();
  client.close();
  payload = QByteArray(R"({"token":"t2"})");

  Async<> task = opening();

  EXPECT_EQ(reached().sent, QList<QByteArray>{R"(40{"token":"t2"})"});
  transports.last().says("40");
  EXPECT_TRUE(test::await(std::move(task)));
}

TEST_F(SocketIoClientTest, ConnectsWithoutAPayload) {
  payload = QByteArray();
  Async<> task = opening();

  EXPECT_EQ(reached().sent, QList<QByteArray>{"40"});
  transports.last().says("40");
  EXPECT_TRUE(test::await(std::move(task)));
}

TEST_F(SocketIoClientTest, FailsWhenThereIsNoPayload) {
  payload = fail(ErrorKind::Unauthorized, "signed out", "signed_out");
  Async<> task = opening();
  reached();

  EXPECT_EQ(test::await(std::move(task)).error().code, "signed_out");
  EXPECT_FALSE(client.engine().isOpen());
  EXPECT_EQ(closed.count(), 0U);
}

TEST_F(SocketIoClientTest, TellsWhyItWasRefused) {
  Async<> task = opening();

  reached().says(R"(44{"message":"unauthorized","data":{"code":"unauthorized","message":"expired","request_id":"r"}})");

  const auto result = test::await(std::move(task));
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_FALSE(client.engine().isOpen());
  EXPECT_EQ(closed.count(), 0U);
}

TEST_F(SocketIoClientTest, FailsWhenNobodyAnswers) {
  Async<> task = opening();
  clock.advance(20s);
  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Timeout);

  Async<> second = opening();
  reached();
  clock.advance(10s);
  EXPECT_EQ(test::await(std::move(second)).error().kind, ErrorKind::Timeout);
  EXPECT_EQ(closed.count(), 0U);
}

TEST_F(SocketIoClientTest, FailsWhenTheConnectionBreaksWhileOpening) {
  Async<> task = opening();
  transports.last().breaks({ErrorKind::Untrusted, "x", "tls_expired"});
  EXPECT_EQ(test::await(std::move(task)).error().code, "tls_expired");

  Async<> second = opening();
  reached().breaks({ErrorKind::Network, "x", "connection_cut"});
  EXPECT_EQ(test::await(std::move(second)).error().code, "connection_cut");
  EXPECT_EQ(closed.count(), 0U);
}

TEST_F(SocketIoClientTest, StopsWhileOpening) {
  std::stop_source stop;
  Async<> task = opening(stop.get_token());
  stop.request_stop();
  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Cancelled);

  std::stop_source later;
  Async<> second = opening(later.get_token());
  reached();
  later.request_stop();
  EXPECT_EQ(test::await(std::move(second)).error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(client.engine().isOpen());
}

TEST_F(SocketIoClientTest, OpensOnceAtATime) {
  connected();

  EXPECT_EQ(test::await(opening()).error().kind, ErrorKind::Internal);
  EXPECT_TRUE(client.isConnected());
}

TEST_F(SocketIoClientTest, PassesEventsOn) {
  test::FakeTransport &server = connected();

  server.says(R"(42["mail",{"messages":[]},"x"])");

  ASSERT_EQ(events.count(), 1U);
  EXPECT_EQ(events.value().name, "mail");
  EXPECT_EQ(events.value().arguments, (QList<QByteArray>{R"({"messages":[]})", R"("x")"}));
  EXPECT_FALSE(events.value().ackId);
}

TEST_F(SocketIoClientTest, PassesBinaryEventsOnWhenAllPartsAreThere) {
  test::FakeTransport &server = connected();

  server.says(R"(451-["file",{"_placeholder":true,"num":0}])");
  EXPECT_EQ(events.count(), 0U);
  server.saysBinary("bytes");

  ASSERT_EQ(events.count(), 1U);
  EXPECT_EQ(events.value().attachments, QList<QByteArray>{"bytes"});
}

TEST_F(SocketIoClientTest, EndsWhenBinaryPartsDoNotFollow) {
  test::FakeTransport &server = connected();
  server.says(R"(451-["file",{"_placeholder":true,"num":0}])");

  clock.advance(30s);

  EXPECT_EQ(closed.value().kind, ErrorKind::Timeout);
}

TEST_F(SocketIoClientTest, EndsWhenTheServerBreaksTheProtocol) {
  test::FakeTransport &server = connected();

  server.says("42nonsense");

  EXPECT_EQ(closed.value().code, kProtocolError);
  EXPECT_FALSE(client.isConnected());
}

TEST_F(SocketIoClientTest, AnswersEventsThatAskForIt) {
  test::FakeTransport &server = connected();
  server.says(R"(427["question"])");
  ASSERT_EQ(events.value().ackId, 7U);

  EXPECT_TRUE(client.answer(events.value(), "1,\"two\""));
  EXPECT_TRUE(client.answer(events.value(), R"({"_placeholder":true,"num":0})", {"bytes"}));

  EXPECT_EQ(server.sent, (QList<QByteArray>{R"(437[1,"two"])", R"(461-7[{"_placeholder":true,"num":0}])", "b:bytes"}));
  EXPECT_FALSE(client.answer(SocketIoEvent{"x"}, ""));
}

TEST_F(SocketIoClientTest, EmitsEvents) {
  test::FakeTransport &server = connected();
  SocketIoMessage binary;
  binary.name = "file";
  binary.arguments = R"({"_placeholder":true,"num":0})";
  binary.attachments = {"bytes"};

  EXPECT_TRUE(client.emitEvent("typing", R"({"active":true})"));
  EXPECT_TRUE(client.emitEvent("bare", ""));
  EXPECT_TRUE(client.emitEvent(binary));

  EXPECT_EQ(server.sent, (QList<QByteArray>{R"(42["typing",{"active":true}])", R"(42["bare"])",
                                            R"(451-["file",{"_placeholder":true,"num":0}])", "b:bytes"}));
}

TEST_F(SocketIoClientTest, EmitsNothingThatCannotArrive) {
  EXPECT_EQ(client.emitEvent("x", "").error().code, "not_connected");
  connected();
  EXPECT_EQ(client.emitEvent("disconnect", "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(client.emitEvent("x", QByteArray(1'000'001, '1')).error().kind, ErrorKind::TooLarge);
  SocketIoMessage elsewhere;
  elsewhere.name = "x";
  elsewhere.nsp = "/other";
  EXPECT_EQ(client.emitEvent(elsewhere).error().code, "not_connected");
}

TEST_F(SocketIoClientTest, WaitsForAcks) {
  test::FakeTransport &server = connected();
  auto one = client.emitWithAck("a", "1", 10s);
  auto two = client.emitWithAck("b", "2", 10s);
  EXPECT_EQ(server.sent, (QList<QByteArray>{R"(421["a",1])", R"(422["b",2])"}));

  server.says(R"(432[{"ok":2}])");
  server.says("431[]");

  EXPECT_EQ(test::await(std::move(two)), QByteArray(R"({"ok":2})"));
  EXPECT_EQ(test::await(std::move(one)), QByteArray("null"));
}

TEST_F(SocketIoClientTest, TakesBinaryAcks) {
  test::FakeTransport &server = connected();
  SocketIoMessage message;
  message.name = "a";
  auto call = client.call(message, 10s);

  server.says(R"(461-1["x",{"_placeholder":true,"num":0}])");
  server.saysBinary("bytes");

  const auto ack = test::await(std::move(call));
  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->arguments.size(), 2);
  EXPECT_EQ(ack->attachments, QList<QByteArray>{"bytes"});
}

TEST_F(SocketIoClientTest, GivesUpOnAcksInTime) {
  test::FakeTransport &server = connected();
  auto call = client.emitWithAck("a", "1", 10s);

  clock.advance(10s);

  EXPECT_EQ(test::await(std::move(call)).error().code, "ack_timeout");
  server.says("431[]");
  EXPECT_TRUE(client.isConnected());
}

TEST_F(SocketIoClientTest, StopsWaitingForAnAck) {
  connected();
  std::stop_source stop;
  auto call = client.emitWithAck("a", "1", 10s, stop.get_token());

  stop.request_stop();

  EXPECT_EQ(test::await(std::move(call)).error().kind, ErrorKind::Cancelled);
}

TEST_F(SocketIoClientTest, FailsAcksWhenTheConnectionIsLost) {
  test::FakeTransport &server = connected();
  auto call = client.emitWithAck("a", "1", 10s);

  server.breaks({ErrorKind::Unauthorized, "revoked", "unauthorized"});

  EXPECT_EQ(test::await(std::move(call)).error().code, "connection_cut");
  EXPECT_EQ(closed.value().code, "unauthorized");
}

TEST_F(SocketIoClientTest, KeepsTheOrderOfAcksAndEvents) {
  test::FakeTransport &server = connected();
  QList<QByteArray> order;
  const auto noting = [](Async<QByteArray> call, QList<QByteArray> &into) -> QCoro::Task<> {
    static_cast<void>(co_await call);
    into.append("ack");
  };
  const QCoro::Task<> noted = noting(client.emitWithAck("a", "1", 10s), order);
  QObject context;
  QObject::connect(&client, &SocketIoClient::eventReceived, &context, [&] { order.append("event"); });

  server.says("431[]");
  server.says(R"(42["after"])");

  EXPECT_EQ(order, (QList<QByteArray>{"ack", "event"}));
}

TEST_F(SocketIoClientTest, JoinsFurtherNamespaces) {
  test::FakeTransport &server = connected();
  auto task = client.join("/custom", [] { return payloadOf(QByteArray(R"({"a":1})")); });
  EXPECT_EQ(server.sent.last(), R"(40/custom,{"a":1})");
  server.says("40/custom,{}");
  EXPECT_TRUE(test::await(std::move(task)));

  server.says(R"(42/custom,["hi"])");
  server.says(R"(42/never,["hi"])");

  ASSERT_EQ(events.count(), 1U);
  EXPECT_EQ(events.value().nsp, "/custom");
  client.leave("/custom");
  EXPECT_EQ(server.sent.last(), "41/custom,");
  EXPECT_FALSE(client.isConnected("/custom"));
}

TEST_F(SocketIoClientTest, KeepsTheConnectionWhenANamespaceIsRefused) {
  test::FakeTransport &server = connected();
  auto task = client.join("/custom", [] { return payloadOf(QByteArray()); });

  server.says(R"(44/custom,{"message":"Invalid namespace"})");

  EXPECT_EQ(test::await(std::move(task)).error().code, "connect_error");
  EXPECT_TRUE(client.isConnected());
}

TEST_F(SocketIoClientTest, EndsWithTheLastNamespace) {
  test::FakeTransport &server = connected();
  test::SignalProbe<QByteArray> left(&client, &SocketIoClient::left);

  server.says("41");

  EXPECT_EQ(left.value(), "/");
  EXPECT_EQ(closed.value().code, "server_disconnect");
}

TEST_F(SocketIoClientTest, ClosesWithoutAWord) {
  connected();
  auto call = client.emitWithAck("a", "1", 10s);

  client.close();

  EXPECT_EQ(closed.count(), 0U);
  EXPECT_EQ(test::await(std::move(call)).error().code, "connection_cut");
}

TEST_F(SocketIoClientTest, EndsEverythingAtShutdown) {
  connected();
  auto call = client.emitWithAck("a", "1", 10s);

  test::await(client.shutdown());

  EXPECT_EQ(test::await(std::move(call)).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(test::await(opening()).error().kind, ErrorKind::Cancelled);
}

TEST_F(SocketIoClientTest, MayBeClosedFromWithinAnEvent) {
  test::FakeTransport &server = connected();
  QObject::connect(&client, &SocketIoClient::eventReceived, &client, &SocketIoClient::close);

  server.says(R"(42["one"])");

  EXPECT_FALSE(client.isConnected());
}

}  // namespace gx::net
