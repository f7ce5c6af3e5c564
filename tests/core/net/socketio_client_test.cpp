// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/socketio_client.h"

#include "tests/core/net/socketio_client_fixture.h"

namespace gx::net {

using namespace std::chrono_literals;

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

TEST_F(SocketIoClientTest, EndsWhenTheServerBreaksTheProtocol) {
  test::FakeTransport &server = connected();

  server.says("42nonsense");

  EXPECT_EQ(closed.value().code, kProtocolError);
  EXPECT_FALSE(client.isConnected());
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
