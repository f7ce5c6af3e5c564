// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <QByteArray>
#include <QCoreApplication>
#include <QList>

#include "server/net/http_server.h"
#include "server/realtime/socketio_server.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"

namespace gx::fuzz {

// An HTTP and Socket.IO server whose clients are fed by hand: what they say goes straight to the connection, what they
// are told is read from the other end of a socket pair. Time stands still.
class SocketStage final {
 public:
  struct Talk {
    QList<QByteArray> heard;  // by the server's owner
    QByteArray answer;        // frames, behind the upgrade
    bool isDropped = false;   // the connection is gone

    bool operator==(const Talk &) const = default;
  };

  SocketStage() : m_loop(m_clock), m_http(m_loop, server::net::NetLimits::withoutAdmission()) {
    m_io = std::make_unique<server::realtime::SocketIoServer>(m_http, m_random, server::realtime::SocketIoOptions());
    for (const char *name : {"/", "/other"}) addNamespace(name);
  }

  // One client from its upgrade to its end. A turn ends after each piece.
  Talk talk(QByteArrayView stream, qsizetype pieceSize) {
    m_random.restart();
    m_talk = {};
    int ends[2];
    require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    m_peer = ends[1];
    m_http.take(ends[0], {}, nullptr);
    feed(kUpgrade, kUncut);
    const qsizetype headEnd = m_talk.answer.indexOf("\r\n\r\n");
    require(headEnd > 0);
    m_talk.answer.remove(0, headEnd + 4);

    feed(stream, pieceSize);
    Talk talk = m_talk;
    talk.isDropped = connection() == nullptr;
    m_http.connections().forEach([](server::net::Connection &left) { left.abort(); });
    endTurn();
    ::close(m_peer);
    require(m_http.connectionCount() == 0 && m_io->counters().sessions == 0 && m_io->counters().sockets == 0);
    return talk;
  }

 private:
  static constexpr QByteArrayView kUpgrade =
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  // Gives the same bytes to each client.
  class RestartedRandom final : public Random {
   public:
    void fill(std::span<std::byte> out) override { m_random.fill(out); }
    void restart() { m_random = test::FixedRandom(7); }

   private:
    test::FixedRandom m_random{7};
  };

  void addNamespace(const char *name) {
    using server::realtime::ClientAck;
    using server::realtime::ConnectRequest;
    using server::realtime::IncomingEvent;
    using server::realtime::SocketId;
    using server::realtime::SocketIoServer;
    SocketIoServer::Namespace functions;
    functions.authenticate = [this](const ConnectRequest &request) {
      hear("connect " + request.nsp.toByteArray() + ' ' + request.payload.toByteArray());
      if (request.payload.contains("refuse")) return m_io->refuse(request.socket, "no", "{}");
      m_io->accept(request.socket, 1);
    };
    functions.disconnected = [this](SocketId, quint64) { hear("disconnect"); };
    functions.unknownEvent = [this](const IncomingEvent &event) {
      hear(event.packet.name.toByteArray() + ' ' + event.packet.argumentList.toByteArray());
      for (const QByteArray &attachment : event.packet.attachments) hear(attachment);
      m_io->ack(event.ack, event.packet.argumentList, event.packet.attachments);
    };
    m_io->addNamespace(name, functions);
    m_io->on(name, "ask", [this](const IncomingEvent &event) {
      const auto asked = m_io->emitWithAck(
          event.socket, {.name = "answer"}, std::chrono::seconds(1),
          [this](Result<ClientAck> ack) { hear("answered " + (ack ? ack->argumentList : QByteArray("not"))); });
      if (!asked) hear("too much asked");
    });
    m_io->on(name, "leave", [this](const IncomingEvent &event) { m_io->disconnect(event.socket, 1000); });
  }
  void hear(const QByteArray &what) { m_talk.heard += what; }

  void feed(QByteArrayView stream, qsizetype pieceSize) {
    inPieces(stream, pieceSize, [this](char *begin, char *end) {
      server::net::Connection *client = connection();
      if (!client || !client->isOpen()) return false;
      client->user()->received(begin, end - begin);
      endTurn();
      return true;
    });
  }
  [[nodiscard]] server::net::Connection *connection() {
    server::net::Connection *only = nullptr;
    m_http.connections().forEach([&](server::net::Connection &one) { only = m_http.connections().find(one.id()); });
    return only;
  }
  void endTurn() {
    QCoreApplication::sendPostedEvents(&m_loop);
    char buffer[4096];
    for (ssize_t size = 1; size > 0;) {
      size = ::recv(m_peer, buffer, sizeof buffer, 0);
      if (size > 0) m_talk.answer.append(buffer, size);
    }
  }

  int m_argc = 1;
  char m_name[5] = "fuzz";
  char *m_argv[2] = {m_name, nullptr};
  QCoreApplication m_app{m_argc, m_argv};
  test::ManualClock m_clock;
  RestartedRandom m_random;
  server::net::EventLoop m_loop;
  server::net::HttpServer m_http;
  std::unique_ptr<server::realtime::SocketIoServer> m_io;
  Talk m_talk;
  int m_peer = -1;
};

}  // namespace gx::fuzz
