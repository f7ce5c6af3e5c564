// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/socketio_core.h"

#include "core/base/bytes.h"
#include "core/wire/json_writer.h"

namespace gx::server::realtime {

namespace {

constexpr int kSocketIdBytes = 16;
constexpr qint64 kBehind = 64 * 1024;  // bytes a client has not read, for volatile events

SocketIoClient *clientOf(EngineIoSession &session) {
  return static_cast<SocketIoClient *>(session.owner());
}

}  // namespace

SocketIoCore::SocketIoCore(net::HttpServer &http, Random &random, SocketIoOptions options)
    : m_http(http), m_random(random), m_options(std::move(options)), m_engine(http, random, m_options.engine, *this) {}

SocketIoCore::~SocketIoCore() {
  m_engine.forEachSession([](EngineIoSession &session) { delete clientOf(session); });
}

SocketIoNamespace &SocketIoCore::addNamespace(QByteArray name) {
  SocketIoNamespace &nsp = m_namespaces[name];
  nsp.name = std::move(name);
  return nsp;
}

SocketIoNamespace *SocketIoCore::findNamespace(QByteArrayView name) {
  const auto found = m_namespaces.find(QByteArray::fromRawData(name.data(), name.size()));
  return found == m_namespaces.end() ? nullptr : &found->second;
}

SocketIoSocket *SocketIoCore::find(SocketId id) const {
  SocketIoSocket *socket = m_sockets.find(id);
  return socket && socket->client.session().isOpen() ? socket : nullptr;
}

SocketIoSocket *SocketIoCore::findConnected(SocketId id) const {
  SocketIoSocket *socket = find(id);
  return socket && socket->isConnected ? socket : nullptr;
}

SocketIoSocket &SocketIoCore::add(SocketIoClient &client, SocketIoNamespace &nsp) {
  return m_sockets.add(client, nsp);
}

void SocketIoCore::authenticate(SocketIoSocket &socket, QByteArrayView payload) {
  ++m_counters.connects;
  if (!socket.nsp.functions.authenticate) return accept(socket, 0);
  const EngineIoSession &session = socket.client.session();
  socket.nsp.functions.authenticate({socket.id, socket.nsp.name, payload, session.peer(), session.isSecure()});
}

void SocketIoCore::accept(SocketIoSocket &socket, quint64 user) {
  const SocketId id = socket.id;
  socket.user = user;
  socket.isConnected = true;
  socket.client.connected();
  const QByteArray publicId = toBase64Url(m_random.bytes(kSocketIdBytes));
  socket.client.session().sendText(wire::encodeConnect(socket.nsp.name, R"({"sid":")" + publicId + R"("})"));
  if (socket.nsp.functions.connected) socket.nsp.functions.connected(id, user);
}

void SocketIoCore::refuse(SocketIoSocket &socket, QByteArrayView message, QByteArrayView dataJson) {
  ++m_counters.refused;
  wire::JsonWriter json;
  json.beginObject().key("message").text(message);
  if (!dataJson.isEmpty()) json.key("data").raw(dataJson);
  json.endObject();
  socket.client.session().sendText(wire::encodeConnectError(socket.nsp.name, json.take()));
  remove(socket);
}

void SocketIoCore::emitTo(SocketIoSocket &socket, const ServerEvent &event, std::optional<quint32> ackId) {
  EngineIoSession &session = socket.client.session();
  if (event.isVolatile && session.bytesWaiting() > kBehind) return;
  ++m_counters.eventsOut;
  m_scratch.resize(0);
  wire::appendEvent(m_scratch, {.name = event.name,
                                .argumentList = event.argumentList,
                                .nsp = socket.nsp.name,
                                .ackId = ackId,
                                .attachments = static_cast<int>(event.attachments.size())});
  session.sendText(m_scratch);
  sendAttachments(socket, event.attachments);
}

void SocketIoCore::emitTo(SocketIoSocket &socket, const PreparedEvent &event) {
  EngineIoSession &session = socket.client.session();
  if (event.isVolatile() && session.bytesWaiting() > kBehind) return;
  ++m_counters.eventsOut;
  for (const net::SharedFrame &frame : event.frames()) session.send(frame);
}

void SocketIoCore::ack(SocketIoSocket &socket, quint32 id, QByteArrayView argumentList,
                       std::span<const QByteArray> attachments) {
  m_scratch.resize(0);
  wire::appendAck(m_scratch, {.ackId = id,
                              .argumentList = argumentList,
                              .nsp = socket.nsp.name,
                              .attachments = static_cast<int>(attachments.size())});
  socket.client.session().sendText(m_scratch);
  sendAttachments(socket, attachments);
}

void SocketIoCore::sendAttachments(SocketIoSocket &socket, std::span<const QByteArray> attachments) {
  for (const QByteArray &attachment : attachments) socket.client.session().sendBinary(attachment);
}

void SocketIoCore::disconnect(SocketIoSocket &socket, quint16 closeCode) {
  EngineIoSession &session = socket.client.session();
  session.sendText(wire::encodeDisconnect(socket.nsp.name));
  session.close(closeCode);
}

// Whoever hears of it finds the socket gone already.
void SocketIoCore::remove(SocketIoSocket &socket) {
  const SocketId id = socket.id;
  const quint64 user = socket.user;
  const bool wasConnected = socket.isConnected;
  SocketIoNamespace &nsp = socket.nsp;
  const std::unique_ptr<PendingAcks> acks = std::move(socket.acks);
  socket.nsp.rooms.leaveAll(socket);
  socket.client.removed(socket);
  m_sockets.remove(id);
  if (acks) acks->cancelAll();
  if (wasConnected && nsp.functions.disconnected) nsp.functions.disconnected(id, user);
}

void SocketIoCore::sessionOpened(EngineIoSession &session) {
  session.setOwner(new SocketIoClient(*this, session));
}

void SocketIoCore::messageReceived(EngineIoSession &session, QByteArrayView message, bool isBinary) {
  clientOf(session)->received(message, isBinary);
}

void SocketIoCore::sessionClosed(EngineIoSession &session) {
  const std::unique_ptr<SocketIoClient> client(clientOf(session));
  while (!client->sockets().empty()) remove(*client->sockets().back());
}

SocketIoServer::Counters SocketIoCore::counters() const {
  SocketIoServer::Counters counters = m_counters;
  counters.sessions = m_engine.sessionCount();
  counters.sockets = m_sockets.count();
  return counters;
}

}  // namespace gx::server::realtime
