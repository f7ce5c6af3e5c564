// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Socket.IO over server/net and server/realtime alone, without accounts: what foreign suites and load generators talk
// to.
//   conformance_server --port N            the server the official protocol suite expects
//   conformance_server --port N --relay    the server the load generators expect
#include <QHash>

#include "core/wire/json_reader.h"
#include "core/wire/json_scanner.h"
#include "core/wire/json_writer.h"
#include "server/realtime/socketio_server.h"
#include "tests/interop/conformance_program.h"

namespace {

using namespace std::chrono_literals;
using gx::server::realtime::ConnectRequest;
using gx::server::realtime::IncomingEvent;
using gx::server::realtime::SocketId;
using gx::server::realtime::SocketIoOptions;
using gx::server::realtime::SocketIoServer;

constexpr char kMain[] = "/";
constexpr char kCustom[] = "/custom";

// Raw JSON value of one member of an object; empty when there is none.
QByteArrayView memberOf(QByteArrayView object, QByteArrayView name) {
  gx::wire::JsonWalker walker(object);
  while (walker.next())
    if (walker.isObject() && walker.key() == name) return walker.value();
  return {};
}

QByteArrayView firstArgument(const IncomingEvent &event) {
  return event.packet.argumentCount > 0 ? event.packet.arguments()[0] : QByteArrayView();
}

SocketIoOptions optionsFor(bool relays) {
  SocketIoOptions options;
  options.engine.allowedOrigins = {"*"};
  options.eventsPerSecond = 0;
  if (relays) return options;
  options.engine.pingInterval = 300ms;
  options.engine.pingTimeout = 200ms;
  options.engine.maxPayload = 1'000'000;
  options.connectWithin = 1s;
  return options;
}

// `message` comes back as `message-back`, `message-with-ack` as its acknowledgement, the CONNECT payload as `auth`.
void serveEchoes(SocketIoServer &server, const char *nsp) {
  SocketIoServer::Namespace functions;
  functions.authenticate = [&server](const ConnectRequest &request) {
    server.accept(request.socket, 0);
    server.emitTo(request.socket, {.name = "auth", .argumentList = request.payload});
  };
  server.addNamespace(nsp, functions);
  server.on(nsp, "message", [&server](const IncomingEvent &event) {
    server.emitTo(
        event.socket,
        {.name = "message-back", .argumentList = event.packet.argumentList, .attachments = event.packet.attachments});
  });
  server.on(nsp, "message-with-ack", [&server](const IncomingEvent &event) {
    server.ack(event.ack, event.packet.argumentList, event.packet.attachments);
  });
}

// Passes events on by the user and room of the CONNECT payload: the relay path without a product around it.
class Relay final {
 public:
  explicit Relay(SocketIoServer &server) : m_server(server) {
    SocketIoServer::Namespace functions;
    functions.authenticate = [this](const ConnectRequest &request) { welcome(request); };
    functions.disconnected = [this](SocketId socket, quint64) { m_users.remove(m_names.take(socket)); };
    m_server.addNamespace(kMain, functions);
    m_server.on(kMain, "relay", [this](const IncomingEvent &event) { relay(event); });
    m_server.on(kMain, "group", [this](const IncomingEvent &event) { spread(event); });
    m_server.on(kMain, "message", [this](const IncomingEvent &event) { m_server.ack(event.ack, {}); });
  }

 private:
  void welcome(const ConnectRequest &request) {
    const QByteArray user = memberOf(request.payload, "user").toByteArray();
    const QByteArrayView room = memberOf(request.payload, "room");
    m_server.accept(request.socket, 0);
    if (!user.isEmpty()) {
      m_users.insert(user, request.socket);
      m_names.insert(request.socket, user);
    }
    if (!room.isEmpty()) m_server.join(request.socket, room);
  }

  void relay(const IncomingEvent &event) {
    const QByteArrayView to = memberOf(firstArgument(event), "to");
    const SocketId target = m_users.value(QByteArray::fromRawData(to.data(), to.size()));
    m_server.emitTo(
        target, {.name = "relay", .argumentList = event.packet.argumentList, .attachments = event.packet.attachments});
    m_server.ack(event.ack, {});
  }

  void spread(const IncomingEvent &event) {
    m_server.emitToRoom(
        kMain, memberOf(firstArgument(event), "room"),
        {.name = "group", .argumentList = event.packet.argumentList, .attachments = event.packet.attachments},
        event.socket);
    m_server.ack(event.ack, {});
  }

  SocketIoServer &m_server;
  QHash<QByteArray, SocketId> m_users;  // by their name as it stands in JSON
  QHash<SocketId, QByteArray> m_names;
};

// With --relay also /rest, for load generators: GET answers a small object, POST reads one and answers two members.
class Rest final : public gx::server::net::HttpHandler {
 public:
  void handle(gx::server::net::HttpRequest request, gx::server::net::ResponseToken token) override {
    using gx::server::net::HttpResponse;
    gx::wire::JsonWriter out;
    if (request.method == gx::server::net::HttpMethod::Get)
      return token.send(HttpResponse::json(200, out.beginObject().key("ok").flag(true).endObject().take()));
    const gx::wire::JsonReader in(request.body);
    const QByteArray to = in["to"].text({64});
    const qint64 number = in["number"].number(0, 1'000'000);
    if (in.error()) return token.send(HttpResponse::problem(400, "bad_request", in.error()->detail));
    out.beginObject().key("to").text(to).key("number").number(number);
    token.send(HttpResponse::json(200, out.endObject().take()));
  }
};

}  // namespace

int main(int argc, char **argv) {
  Rest rest;
  gx::test::ConformanceProgram program(argc, argv, gx::server::net::NetLimits::withoutAdmission());
  const bool relays = gx::test::ConformanceProgram::has("--relay");
  gx::OsRandom random;
  SocketIoServer server(program.http(), random, optionsFor(relays));
  std::unique_ptr<Relay> relay;
  if (relays) {
    program.http().mount("/rest", rest);
    relay = std::make_unique<Relay>(server);
  } else {
    serveEchoes(server, kMain);
    serveEchoes(server, kCustom);
  }
  return program.run();
}
