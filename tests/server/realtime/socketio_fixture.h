// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "server/realtime/socketio_server.h"
#include "tests/server/realtime/raw_polling.h"

namespace gx::test {

// A Socket.IO server with the namespaces "/" and "/custom" that echo as the official suite wants it, and what happened
// in them.
struct SocketIoFixture : ::testing::Test {
  explicit SocketIoFixture(server::realtime::SocketIoOptions options = quickOptions())
      : io(server.http(), random, options) {
    for (const char *name : {"/", "/custom"}) serveEchoes(name);
  }

  [[nodiscard]] static server::realtime::SocketIoOptions quickOptions() {
    using std::chrono::milliseconds;
    server::realtime::SocketIoOptions options;
    options.engine.pingInterval = milliseconds(10'000);
    options.connectWithin = milliseconds(400);
    options.binaryWithin = milliseconds(200);
    options.eventsPerSecond = 0;
    return options;
  }
  void serveEchoes(const char *name) {
    using server::realtime::ConnectRequest;
    using server::realtime::IncomingEvent;
    using server::realtime::SocketId;
    using server::realtime::SocketIoServer;
    SocketIoServer::Namespace functions;
    functions.authenticate = [this](const ConnectRequest &request) { authenticate(request); };
    functions.disconnected = [this](SocketId, quint64 user) { left.push_back(user); };
    io.addNamespace(name, functions);
    io.on(name, "message", [this](const IncomingEvent &event) {
      io.emitTo(
          event.socket,
          {.name = "message-back", .argumentList = event.packet.argumentList, .attachments = event.packet.attachments});
    });
    io.on(name, "message-with-ack", [this](const IncomingEvent &event) {
      io.ack(event.ack, event.packet.argumentList, event.packet.attachments);
    });
  }
  virtual void authenticate(const server::realtime::ConnectRequest &request) {
    last = request.socket;
    io.accept(request.socket, ++users);
    io.emitTo(request.socket, {.name = "auth", .argumentList = request.payload});
  }

  // A web socket past the Engine.IO handshake.
  [[nodiscard]] std::unique_ptr<RawWebSocket> open(int receiveBuffer = 0) {
    auto socket = std::make_unique<RawWebSocket>(server.port(), "/socket.io/?EIO=4&transport=websocket", receiveBuffer);
    EXPECT_TRUE(socket->nextText().startsWith("0{"));
    return socket;
  }
  // … and connected to the main namespace.
  [[nodiscard]] std::unique_ptr<RawWebSocket> connect(int receiveBuffer = 0) {
    auto socket = open(receiveBuffer);
    socket->sendText("40");
    EXPECT_TRUE(socket->nextText().startsWith("40{\"sid\":\""));
    EXPECT_EQ(socket->nextText(), "42[\"auth\",{}]");
    return socket;
  }

  LocalServer server;
  OsRandom random;
  server::realtime::SocketIoServer io;
  quint64 users = 0;
  server::realtime::SocketId last = 0;
  std::vector<quint64> left;
};

}  // namespace gx::test
