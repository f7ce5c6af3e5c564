// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/net/socketio_client_fixture.h"

namespace gx::net {

using namespace std::chrono_literals;

namespace {

// Events and acks over a connection that stands.
class SocketIoEventsTest : public SocketIoClientTest {};

}  // namespace

TEST_F(SocketIoEventsTest, PassesEventsOn) {
  test::FakeTransport &server = connected();

  server.says(R"(42["mail",{"messages":[]},"x"])");

  ASSERT_EQ(events.count(), 1U);
  EXPECT_EQ(events.value().name, "mail");
  EXPECT_EQ(events.value().arguments, (QList<QByteArray>{R"({"messages":[]})", R"("x")"}));
  EXPECT_FALSE(events.value().ackId);
}

TEST_F(SocketIoEventsTest, PassesBinaryEventsOnWhenAllPartsAreThere) {
  test::FakeTransport &server = connected();

  server.says(R"(451-["file",{"_placeholder":true,"num":0}])");
  EXPECT_EQ(events.count(), 0U);
  server.saysBinary("bytes");

  ASSERT_EQ(events.count(), 1U);
  EXPECT_EQ(events.value().attachments, QList<QByteArray>{"bytes"});
}

TEST_F(SocketIoEventsTest, EndsWhenBinaryPartsDoNotFollow) {
  test::FakeTransport &server = connected();
  server.says(R"(451-["file",{"_placeholder":true,"num":0}])");

  clock.advance(30s);

  EXPECT_EQ(closed.value().kind, ErrorKind::Timeout);
}

TEST_F(SocketIoEventsTest, AnswersEventsThatAskForIt) {
  test::FakeTransport &server = connected();
  server.says(R"(427["question"])");
  ASSERT_EQ(events.value().ackId, 7U);

  EXPECT_TRUE(client.answer(events.value(), "1,\"two\""));
  EXPECT_TRUE(client.answer(events.value(), R"({"_placeholder":true,"num":0})", {"bytes"}));

  EXPECT_EQ(server.sent, (QList<QByteArray>{R"(437[1,"two"])", R"(461-7[{"_placeholder":true,"num":0}])", "b:bytes"}));
  EXPECT_FALSE(client.answer(SocketIoEvent{"x"}, ""));
}

TEST_F(SocketIoEventsTest, EmitsEvents) {
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

TEST_F(SocketIoEventsTest, EmitsNothingThatCannotArrive) {
  EXPECT_EQ(client.emitEvent("x", "").error().code, "not_connected");
  connected();
  EXPECT_EQ(client.emitEvent("disconnect", "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(client.emitEvent("x", QByteArray(1'000'001, '1')).error().kind, ErrorKind::TooLarge);
  SocketIoMessage elsewhere;
  elsewhere.name = "x";
  elsewhere.nsp = "/other";
  EXPECT_EQ(client.emitEvent(elsewhere).error().code, "not_connected");
}

TEST_F(SocketIoEventsTest, WaitsForAcks) {
  test::FakeTransport &server = connected();
  auto one = client.emitWithAck("a", "1", 10s);
  auto two = client.emitWithAck("b", "2", 10s);
  EXPECT_EQ(server.sent, (QList<QByteArray>{R"(421["a",1])", R"(422["b",2])"}));

  server.says(R"(432[{"ok":2}])");
  server.says("431[]");

  EXPECT_EQ(test::await(std::move(two)), QByteArray(R"({"ok":2})"));
  EXPECT_EQ(test::await(std::move(one)), QByteArray("null"));
}

TEST_F(SocketIoEventsTest, TakesBinaryAcks) {
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

TEST_F(SocketIoEventsTest, GivesUpOnAcksInTime) {
  test::FakeTransport &server = connected();
  auto call = client.emitWithAck("a", "1", 10s);

  clock.advance(10s);

  EXPECT_EQ(test::await(std::move(call)).error().code, "ack_timeout");
  server.says("431[]");
  EXPECT_TRUE(client.isConnected());
}

TEST_F(SocketIoEventsTest, StopsWaitingForAnAck) {
  connected();
  std::stop_source stop;
  auto call = client.emitWithAck("a", "1", 10s, stop.get_token());

  stop.request_stop();

  EXPECT_EQ(test::await(std::move(call)).error().kind, ErrorKind::Cancelled);
}

TEST_F(SocketIoEventsTest, FailsAcksWhenTheConnectionIsLost) {
  test::FakeTransport &server = connected();
  auto call = client.emitWithAck("a", "1", 10s);

  server.breaks({ErrorKind::Unauthorized, "revoked", "unauthorized"});

  EXPECT_EQ(test::await(std::move(call)).error().code, "connection_cut");
  EXPECT_EQ(closed.value().code, "unauthorized");
}

TEST_F(SocketIoEventsTest, KeepsTheOrderOfAcksAndEvents) {
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

}  // namespace gx::net
