// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/socketio_client.h"

#include <algorithm>

#include "core/wire/socketio_encoder.h"
#include "server/realtime/socketio_core.h"

namespace gx::server::realtime {

namespace {

constexpr char kInvalidNamespace[] = R"({"message":"Invalid namespace"})";
constexpr char kInvalidPayload[] = R"({"message":"Invalid payload"})";
constexpr char kFloodEvent[] = "rate_limited";
constexpr char kFloodProblem[] = R"({"code":"rate_limited","message":"too many events"})";
constexpr std::chrono::minutes kBadAckWindow{1};

}  // namespace

SocketIoClient::SocketIoClient(SocketIoCore &core, EngineIoSession &session)
    : m_core(core),
      m_session(session),
      m_timer([](void *self) { static_cast<SocketIoClient *>(self)->timedOut(); }, this),
      m_bucketTime(core.loop().now()),
      m_bucket(core.options().eventBurst) {
  m_core.loop().startTimer(m_timer, m_core.options().connectWithin);
}

void SocketIoClient::received(QByteArrayView message, bool isBinary) {
  const auto packet = isBinary ? m_decoder.takeBinary(message) : m_decoder.takeText(message);
  if (!packet) return breakOff();
  if (!isBinary && isFlooding()) return refuseFlood();
  if (m_awaitsBinary != m_decoder.isWaiting()) updateTimer();
  if (*packet) take(**packet);
}

void SocketIoClient::take(const wire::SocketIoPacket &packet) {
  if (packet.type == wire::SocketIoType::Connect) return takeConnect(packet);
  SocketIoSocket *socket = find(packet.nsp);
  if (!socket || !socket->isConnected) return breakOff();
  if (packet.isEvent()) return takeEvent(*socket, packet);
  if (packet.isAck()) return takeAck(*socket, packet);
  if (packet.type == wire::SocketIoType::Disconnect) return m_core.remove(*socket);
  breakOff();  // CONNECT_ERROR is ours to say
}

void SocketIoClient::takeConnect(const wire::SocketIoPacket &packet) {
  SocketIoNamespace *nsp = m_core.findNamespace(packet.nsp);
  if (!nsp) {
    m_session.sendText(wire::encodeConnectError(packet.nsp, kInvalidNamespace));
    return;
  }
  if (find(packet.nsp) || static_cast<int>(m_sockets.size()) >= m_core.options().namespacesPerSession)
    return breakOff();
  if (packet.payload.startsWith('[')) {
    m_session.sendText(wire::encodeConnectError(packet.nsp, kInvalidPayload));
    return;
  }
  SocketIoSocket &socket = m_core.add(*this, *nsp);
  m_sockets.push_back(&socket);
  m_core.authenticate(socket, packet.payload.isEmpty() ? QByteArrayView("{}") : packet.payload);
}

void SocketIoClient::takeEvent(SocketIoSocket &socket, const wire::SocketIoPacket &packet) {
  m_core.countEventIn();
  const auto &handlers = socket.nsp.handlers;
  const auto found = handlers.find(QByteArray::fromRawData(packet.name.data(), packet.name.size()));
  const AckToken ack{socket.id, packet.ackId.value_or(0), packet.ackId.has_value()};
  const IncomingEvent event{socket.id, socket.user, packet, ack};
  if (found != handlers.end())
    found->second(event);
  else if (socket.nsp.functions.unknownEvent)
    socket.nsp.functions.unknownEvent(event);
}

void SocketIoClient::takeAck(SocketIoSocket &socket, const wire::SocketIoPacket &packet) {
  if (socket.acks && socket.acks->take(packet)) return;
  m_core.countBadAck();
  const SteadyTime now = m_core.loop().now();
  if (now - m_badAckWindow >= kBadAckWindow) {
    m_badAckWindow = now;
    m_badAcks = 0;
  }
  if (++m_badAcks > m_core.options().badAcksPerMinute) breakOff();
}

SocketIoSocket *SocketIoClient::find(QByteArrayView nsp) const {
  const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
                                  [nsp](const SocketIoSocket *socket) { return socket->nsp.name == nsp; });
  return found == m_sockets.end() ? nullptr : *found;
}

void SocketIoClient::connected() {
  m_isConnected = true;
  m_session.setAuthenticated();
  updateTimer();
}

void SocketIoClient::removed(const SocketIoSocket &socket) {
  std::erase(m_sockets, &socket);
  m_isConnected =
      std::any_of(m_sockets.begin(), m_sockets.end(), [](const SocketIoSocket *s) { return s->isConnected; });
  updateTimer();
}

// Who is in no namespace must hurry; who is need only finish the packet that was begun.
void SocketIoClient::updateTimer() {
  m_awaitsBinary = m_decoder.isWaiting();
  if (!m_session.isOpen()) return m_timer.stop();
  if (!m_isConnected && m_awaitsBinary) return breakOff();
  if (!m_isConnected) {
    if (!m_timer.isRunning()) m_core.loop().startTimer(m_timer, m_core.options().connectWithin);
  } else if (m_awaitsBinary) {
    m_core.loop().startTimer(m_timer, m_core.options().binaryWithin);
  } else {
    m_timer.stop();
  }
}

void SocketIoClient::timedOut() {
  m_session.close(net::close_code::kPolicy);
}

void SocketIoClient::breakOff() {
  m_decoder.reset();
  m_session.close(net::close_code::kPolicy);
}

bool SocketIoClient::isFlooding() {
  const SocketIoOptions &options = m_core.options();
  if (options.eventsPerSecond <= 0) return false;
  if (m_bucket < 1) {  // the clock is asked only when the bucket is empty
    const SteadyTime now = m_core.loop().now();
    const std::chrono::duration<double> passed = now - m_bucketTime;
    m_bucketTime = now;
    m_bucket = std::min<double>(options.eventBurst, m_bucket + passed.count() * options.eventsPerSecond);
    if (m_bucket < 1) return true;
  }
  m_bucket -= 1;
  return false;
}

void SocketIoClient::refuseFlood() {
  m_core.countFlood();
  for (const SocketIoSocket *socket : m_sockets)
    if (socket->isConnected)
      m_session.sendText(
          wire::encodeEvent({.name = kFloodEvent, .argumentList = kFloodProblem, .nsp = socket->nsp.name}));
  breakOff();
}

}  // namespace gx::server::realtime
