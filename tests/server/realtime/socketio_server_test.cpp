// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The C++ side of SocketIoServer: late answers to CONNECT, acknowledgements of clients, rooms, ends.
#include "server/realtime/socketio_server.h"

#include <gtest/gtest.h>

#include "tests/server/realtime/socketio_fixture.h"

namespace gx::server::realtime {
namespace {

using namespace std::chrono_literals;

struct SocketIoApi : test::SocketIoFixture {};

// Keeps every CONNECT for the test to answer.
struct LateAuthenticator : test::SocketIoFixture {
  void authenticate(const ConnectRequest &request) override {
    waiting.push_back(request.socket);
    payload = request.payload.toByteArray();
    EXPECT_TRUE(request.peer.isLoopback());
  }
  std::vector<SocketId> waiting;
  QByteArray payload;
};

TEST_F(LateAuthenticator, MayAcceptLater) {
  const auto socket = open();
  socket->sendText("40{\"token\":\"t\"}");
  test::waitUntil([&] { return waiting.size() == 1; });
  EXPECT_EQ(payload, "{\"token\":\"t\"}");
  EXPECT_FALSE(io.isConnected(waiting[0]));
  io.emitTo(waiting[0], {.name = "too-early"});
  EXPECT_TRUE(io.accept(waiting[0], 77));
  EXPECT_FALSE(io.accept(waiting[0], 78));
  EXPECT_TRUE(socket->nextText().startsWith("40{"));
  EXPECT_TRUE(io.isConnected(waiting[0]));
  EXPECT_EQ(io.user(waiting[0]), 77U);
}

TEST_F(LateAuthenticator, MayRefuseWithData) {
  const auto socket = open();
  socket->sendText("40/custom,{}");
  test::waitUntil([&] { return waiting.size() == 1; });
  io.refuse(waiting[0], "unauthorized", R"({"code":"unauthorized"})");
  EXPECT_EQ(socket->nextText(), R"(44/custom,{"message":"unauthorized","data":{"code":"unauthorized"}})");
  EXPECT_FALSE(io.accept(waiting[0], 1));
  socket->sendText("40/custom,{}");  // may try again
  test::waitUntil([&] { return waiting.size() == 2; });
  io.accept(waiting[1], 1);
  EXPECT_TRUE(socket->nextText().startsWith("40/custom,{"));
  EXPECT_EQ(io.counters().refused, 1U);
}

TEST_F(LateAuthenticator, AnAnswerForAClientThatLeftIsHarmless) {
  auto socket = open();
  socket->sendText("40");
  test::waitUntil([&] { return waiting.size() == 1; });
  socket.reset();
  test::waitUntil([&] { return io.counters().sessions == 0; });
  EXPECT_FALSE(io.accept(waiting[0], 1));
  io.refuse(waiting[0], "x");
  io.disconnect(waiting[0], 4401);
  EXPECT_TRUE(left.empty());
}

TEST_F(LateAuthenticator, EventsBeforeTheAnswerClose) {
  const auto socket = open();
  socket->sendText("40");
  socket->sendText("42[\"message\",1]");
  EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketIoApi, ClientsAcknowledge) {
  const auto socket = connect();
  std::vector<Result<ClientAck>> answers;
  const auto note = [&answers](Result<ClientAck> answer) { answers.push_back(std::move(answer)); };
  ASSERT_TRUE(io.emitWithAck(last, {.name = "ask", .argumentList = "1"}, 5s, note));
  ASSERT_TRUE(io.emitWithAck(last, {.name = "ask", .argumentList = "2"}, 5s, note));
  EXPECT_EQ(io.inFlight(last), 2);
  EXPECT_EQ(socket->nextText(), "420[\"ask\",1]");
  EXPECT_EQ(socket->nextText(), "421[\"ask\",2]");
  socket->sendText(R"(461-1["yes",{"_placeholder":true,"num":0}])");
  socket->sendBinary("bytes");
  socket->sendText("430[]");
  test::waitUntil([&] { return answers.size() == 2; });
  EXPECT_EQ(answers[0]->argumentList, R"("yes",{"_placeholder":true,"num":0})");
  EXPECT_EQ(answers[0]->attachments, QList<QByteArray>{"bytes"});
  EXPECT_EQ(answers[1]->argumentList, "");
  EXPECT_EQ(io.inFlight(last), 0);
}

TEST_F(SocketIoApi, AcknowledgementsTimeOutOrAreCancelled) {
  auto socket = connect();
  std::vector<ErrorKind> ends;
  const auto note = [&ends](const Result<ClientAck> &answer) {
    ends.push_back(answer ? ErrorKind::Internal : answer.error().kind);
  };
  ASSERT_TRUE(io.emitWithAck(last, {.name = "ask"}, 30ms, note));
  test::waitUntil([&] { return ends.size() == 1; });
  ASSERT_TRUE(io.emitWithAck(last, {.name = "ask"}, 60s, note));
  socket.reset();
  test::waitUntil([&] { return ends.size() == 2; });
  EXPECT_EQ(ends, (std::vector{ErrorKind::Timeout, ErrorKind::Cancelled}));
  const auto gone = io.emitWithAck(last, {.name = "ask"}, 60s, note);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
}

TEST_F(SocketIoApi, A73_UnacknowledgedEventsAreLimited) {
  const auto socket = connect();
  int answered = 0;
  const auto ask = [&] {
    return io.emitWithAck(last, {.name = "ask"}, 60s, [&answered](const Result<ClientAck> &) { ++answered; });
  };
  for (int i = 0; i < 256; ++i) ASSERT_TRUE(ask());
  const auto full = ask();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::Full);
  socket->sendText("4317[]");
  test::waitUntil([&] { return answered == 1; });
  EXPECT_TRUE(ask());
}

TEST_F(SocketIoApi, RoomsReachAllButOne) {
  std::vector<std::unique_ptr<test::RawWebSocket>> sockets;
  std::vector<SocketId> ids;
  for (int i = 0; i < 4; ++i) {
    sockets.push_back(connect());
    ids.push_back(last);
    if (i < 3) io.join(last, "room");
    io.join(last, "room of " + QByteArray::number(i));
  }
  io.join(ids[0], "room");  // twice is once
  EXPECT_EQ(io.roomSize("/", "room"), 3);
  const QByteArray attachment = "binary";
  io.emitToRoom(
      "/", "room",
      {.name = "news", .argumentList = R"({"_placeholder":true,"num":0})", .attachments = std::span(&attachment, 1)},
      ids[1]);
  io.emitToRoom("/", "room of 3", {.name = "only", .argumentList = "3"});
  io.emitToRoom("/", "nobody", {.name = "x"});
  io.emitToRoom("/nowhere", "room", {.name = "x"});
  for (const int i : {0, 2}) {
    EXPECT_EQ(sockets[static_cast<std::size_t>(i)]->nextText(), R"(451-["news",{"_placeholder":true,"num":0}])");
    EXPECT_EQ(sockets[static_cast<std::size_t>(i)]->nextText(), attachment);
  }
  EXPECT_EQ(sockets[3]->nextText(), "42[\"only\",3]");
  io.emitTo(ids[1], {.name = "next"});
  EXPECT_EQ(sockets[1]->nextText(), "42[\"next\"]");

  io.leave(ids[0], "room");
  io.leave(ids[0], "room");
  sockets[1].reset();
  test::waitUntil([&] { return io.roomSize("/", "room") == 1; });
  EXPECT_EQ(io.roomSize("/", "room of 1"), 0);
}

TEST_F(SocketIoApi, PreparedEventsGoToAnybody) {
  const auto one = connect();
  const SocketId first = last;
  const auto two = connect();
  const PreparedEvent event("/", {.name = "shared", .argumentList = "{}"});
  io.emitTo(first, event);
  io.emitTo(last, event);
  io.emitTo(0, event);
  EXPECT_EQ(one->nextText(), "42[\"shared\",{}]");
  EXPECT_EQ(two->nextText(), "42[\"shared\",{}]");
}

TEST_F(SocketIoApi, VolatileEventsAreLeftOutForSlowReaders) {
  const auto socket = connect(4096);
  const QByteArray large = "\"" + QByteArray(300'000, 'x') + "\"";
  test::waitUntil([&] {
    if (io.bytesWaiting(last) < 500'000) io.emitTo(last, {.name = "mail", .argumentList = large});
    return io.bytesWaiting(last) >= 500'000;
  });
  for (int i = 0; i < 100; ++i) io.emitTo(last, {.name = "typing", .isVolatile = true});
  io.emitTo(last, {.name = "end"});
  QByteArray text = socket->nextText();
  for (; text.startsWith("42[\"mail\""); text = socket->nextText()) continue;
  EXPECT_EQ(text, "42[\"end\"]");
}

TEST_F(SocketIoApi, DisconnectsWithACode) {
  const auto socket = connect();
  io.disconnect(last, 4409);
  EXPECT_FALSE(io.isConnected(last));
  EXPECT_EQ(socket->nextText(), "41");
  EXPECT_EQ(socket->closeCode(), 4409);
  test::waitUntil([&] { return left.size() == 1; });
  EXPECT_EQ(io.counters().sockets, 0);
}

TEST_F(SocketIoApi, ClosesAllOnShutdown) {
  const auto one = connect();
  const auto two = connect();
  io.closeAll(1012);
  EXPECT_EQ(one->closeCode(), 1012);
  EXPECT_EQ(two->closeCode(), 1012);
  test::waitUntil([&] { return left.size() == 2; });
}

TEST_F(SocketIoApi, UnknownEventsMayBeHeard) {
  QByteArray heard;
  SocketIoServer::Namespace functions;
  functions.unknownEvent = [&heard](const IncomingEvent &event) { heard = event.packet.name.toByteArray(); };
  io.addNamespace("/open", functions);
  const auto socket = open();
  socket->sendText("40/open,");
  socket->sendText("42/open,[\"surprise\"]");
  test::waitUntil([&] { return !heard.isEmpty(); });
  EXPECT_EQ(heard, "surprise");
}

TEST_F(SocketIoApi, HandlersMayDisconnectTheirOwnSocket) {
  io.on("/", "quit", [this](const IncomingEvent &event) {
    io.disconnect(event.socket, 4000);
    io.emitTo(event.socket, {.name = "late"});
    io.ack(event.ack, "1");
  });
  const auto socket = connect();
  socket->sendText("421[\"quit\"]");
  socket->sendText("42[\"message\",1]");
  EXPECT_EQ(socket->nextText(), "41");
  EXPECT_EQ(socket->closeCode(), 4000);
}

TEST_F(SocketIoApi, SignedInConnectionsLeaveTheUnauthenticated) {
  const auto socket = connect();
  EXPECT_EQ(server.http().admission().connectionCount(), 1);
  EXPECT_EQ(server.http().admission().unauthenticatedCount(), 0);
}

}  // namespace
}  // namespace gx::server::realtime
