// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/socketio_server.h"

#include "server/realtime/socketio_core.h"

namespace gx::server::realtime {

SocketIoServer::SocketIoServer(net::HttpServer &http, Random &random, SocketIoOptions options)
    : m_core(std::make_unique<SocketIoCore>(http, random, std::move(options))) {}

SocketIoServer::~SocketIoServer() = default;

void SocketIoServer::addNamespace(QByteArray name, Namespace functions) {
  m_core->addNamespace(std::move(name)).functions = std::move(functions);
}

void SocketIoServer::on(QByteArrayView nsp, QByteArrayView event, std::function<void(const IncomingEvent &)> handler) {
  m_core->addNamespace(nsp.toByteArray()).handlers[event.toByteArray()] = std::move(handler);
}

bool SocketIoServer::accept(SocketId socket, quint64 user) {
  SocketIoSocket *found = m_core->find(socket);
  if (!found || found->isConnected) return false;
  m_core->accept(*found, user);
  return true;
}

void SocketIoServer::refuse(SocketId socket, QByteArrayView message, QByteArrayView dataJson) {
  SocketIoSocket *found = m_core->find(socket);
  if (found && !found->isConnected) m_core->refuse(*found, message, dataJson);
}

void SocketIoServer::emitTo(SocketId socket, const ServerEvent &event) {
  if (SocketIoSocket *found = m_core->findConnected(socket)) m_core->emitTo(*found, event);
}

void SocketIoServer::emitTo(SocketId socket, const PreparedEvent &event) {
  if (SocketIoSocket *found = m_core->findConnected(socket)) m_core->emitTo(*found, event);
}

Result<> SocketIoServer::emitWithAck(SocketId socket, const ServerEvent &event, std::chrono::milliseconds within,
                                     std::function<void(Result<ClientAck>)> answered) {
  SocketIoSocket *found = m_core->findConnected(socket);
  if (!found) return fail(ErrorKind::NotFound, "no such socket");
  if (!found->acks) found->acks = std::make_unique<PendingAcks>(m_core->loop());
  if (found->acks->count() >= m_core->options().eventsInFlight)
    return fail(ErrorKind::Full, "too many events without acknowledgement");
  const quint32 id = found->acks->expect(within, std::move(answered));
  m_core->emitTo(*found, event, id);
  return {};
}

int SocketIoServer::inFlight(SocketId socket) const {
  const SocketIoSocket *found = m_core->findConnected(socket);
  return found && found->acks ? found->acks->count() : 0;
}

void SocketIoServer::ack(const AckToken &token, QByteArrayView argumentList, std::span<const QByteArray> attachments) {
  if (!token.isWanted) return;
  if (SocketIoSocket *found = m_core->findConnected(token.socket))
    m_core->ack(*found, token.id, argumentList, attachments);
}

void SocketIoServer::join(SocketId socket, QByteArrayView room) {
  if (SocketIoSocket *found = m_core->findConnected(socket)) found->nsp.rooms.join(*found, room);
}

void SocketIoServer::leave(SocketId socket, QByteArrayView room) {
  if (SocketIoSocket *found = m_core->findConnected(socket)) found->nsp.rooms.leave(*found, room);
}

void SocketIoServer::emitToRoom(QByteArrayView nsp, QByteArrayView room, const ServerEvent &event, SocketId except) {
  SocketIoNamespace *place = m_core->findNamespace(nsp);
  const RoomRegistry::Room *found = place ? place->rooms.find(room) : nullptr;
  if (!found) return;
  const PreparedEvent prepared(nsp, event);
  for (SocketIoSocket *member : found->members)
    if (member->id != except) m_core->emitTo(*member, prepared);
}

qsizetype SocketIoServer::roomSize(QByteArrayView nsp, QByteArrayView room) const {
  SocketIoNamespace *place = m_core->findNamespace(nsp);
  const RoomRegistry::Room *found = place ? place->rooms.find(room) : nullptr;
  return found ? static_cast<qsizetype>(found->members.size()) : 0;
}

bool SocketIoServer::isConnected(SocketId socket) const {
  return m_core->findConnected(socket) != nullptr;
}

quint64 SocketIoServer::user(SocketId socket) const {
  const SocketIoSocket *found = m_core->findConnected(socket);
  return found ? found->user : 0;
}

qint64 SocketIoServer::bytesWaiting(SocketId socket) const {
  SocketIoSocket *found = m_core->findConnected(socket);
  return found ? found->client.session().bytesWaiting() : 0;
}

void SocketIoServer::disconnect(SocketId socket, quint16 closeCode) {
  if (SocketIoSocket *found = m_core->find(socket)) m_core->disconnect(*found, closeCode);
}

void SocketIoServer::closeAll(quint16 closeCode) {
  m_core->engine().closeAll(closeCode);
}

SocketIoServer::Counters SocketIoServer::counters() const {
  return m_core->counters();
}

}  // namespace gx::server::realtime
