// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/engineio_session.h"

#include "core/wire/engineio_handshake.h"
#include "core/wire/engineio_payload.h"
#include "server/realtime/engineio_server.h"
#include "server/realtime/websocket_endpoint.h"

#include <QHashFunctions>
#include <algorithm>

namespace gx::server::realtime {

namespace {

constexpr char kClosePacket[] = "1";
constexpr char kPingPacket[] = "2";
constexpr char kProbe[] = "2probe";
constexpr char kProbeAnswer[] = "3probe";
constexpr char kUpgradePacket[] = "5";
constexpr char kNoopPacket[] = "6";

}  // namespace

EngineIoSession::EngineIoSession(EngineIoServer &server, QByteArray sid, const net::PeerAddress &peer, bool secure)
    : m_server(server),
      m_sid(std::move(sid)),
      m_peer(peer),
      m_heartbeat([](void *self) { static_cast<EngineIoSession *>(self)->beat(); }, this),
      m_secure(secure) {
  m_server.loop().startTimer(m_heartbeat, m_server.options().pingInterval);
}

EngineIoSession::~EngineIoSession() = default;

QByteArray EngineIoSession::openPacket(bool canUpgrade) const {
  const EngineIoOptions &options = m_server.options();
  wire::EngineIoHandshake handshake;
  handshake.sid = m_sid;
  if (canUpgrade) handshake.upgrades = {"websocket"};
  handshake.pingInterval = options.pingInterval;
  handshake.pingTimeout = options.pingTimeout;
  handshake.maxPayload = options.maxPayload;
  return wire::encodeEngineIoText(wire::EngineIoType::Open, wire::toJson(handshake));
}

void EngineIoSession::openPolling(const PollReply &handshake) {
  m_polling = std::make_unique<Polling>();
  handshake.send(openPacket(true));
}

void EngineIoSession::openSocket(WebSocketEndpoint &socket) {
  m_socket = &socket;
  m_socket->sendText(openPacket(false));
}

void EngineIoSession::sendText(QByteArrayView frame) {
  if (m_closed) return;
  if (m_socket) return m_socket->sendText(frame);
  queue(frame.toByteArray(), false);
}

void EngineIoSession::sendBinary(QByteArrayView message) {
  if (m_closed) return;
  if (m_socket) return m_socket->sendBinary(message);
  queue(message.toByteArray(), true);
}

void EngineIoSession::send(const net::SharedFrame &frame) {
  if (m_closed) return;
  if (m_socket) return m_socket->send(frame);
  queue(frame.payload().toByteArray(), frame.isBinary());
}

qint64 EngineIoSession::bytesWaiting() const {
  if (m_socket) return m_socket->bytesWaiting();
  return m_polling ? m_polling->packets.bytes() : 0;
}

void EngineIoSession::setAuthenticated() {
  m_authenticated = true;
  if (m_socket) m_socket->setAuthenticated();
  if (m_polling && m_polling->waiting) m_polling->waiting->token().setAuthenticated();
}

void EngineIoSession::queue(QByteArray bytes, bool isBinary) {
  const EngineIoOptions &options = m_server.options();
  PollQueue &packets = m_polling->packets;
  packets.append(std::move(bytes), isBinary);
  if (packets.bytes() > options.sendQueueBytes || packets.size() > options.sendQueuePackets)
    return end(net::close_code::kPolicy, kClosePacket);
  if (!m_polling->waiting || m_polling->isDue) return;
  m_polling->isDue = true;
  m_server.answerPollLater(*this);
}

void EngineIoSession::poll(const PollReply &reply) {
  if (m_socket) return reply.refuse(wire::EngineIoError::BadRequest);
  if (m_authenticated) reply.token().setAuthenticated();
  if (m_polling->waiting) {  // two polls at once: a client that lost count
    reply.refuse(wire::EngineIoError::BadRequest);
    return end(net::close_code::kProtocolError, kClosePacket);
  }
  m_polling->waiting = reply;
  if (!m_polling->packets.isEmpty() || m_upgrading) return answerPoll();
  reply.token().whenGone([server = &m_server, sid = m_sid, round = m_polling->round] {
    if (EngineIoSession *session = server->find(sid)) session->pollGone(round);
  });
}

void EngineIoSession::answerPoll() {
  if (!m_polling) return;
  m_polling->isDue = false;
  if (m_closed || !m_polling->waiting) return;
  QByteArray payload = m_polling->packets.takePayload(m_server.options().maxPayload);
  endPoll(payload.isEmpty() ? QByteArray(kNoopPacket) : std::move(payload));
}

void EngineIoSession::endPoll(QByteArray payload) {
  const PollReply reply = *m_polling->waiting;
  m_polling->waiting.reset();
  ++m_polling->round;
  reply.send(std::move(payload));
}

// The client left while it waited: whatever is queued would never be asked for again.
void EngineIoSession::pollGone(quint64 round) {
  if (m_closed || !m_polling || m_polling->round != round) return;
  m_polling->waiting.reset();
  end(net::close_code::kGoingAway, {});
}

bool EngineIoSession::isRepeated(QByteArrayView stamp, QByteArrayView body) {
  if (stamp.isEmpty() || !m_polling) return false;
  const size_t mark = qHash(stamp, qHash(body, QHashSeed::globalSeed()));
  auto &posts = m_polling->posts;
  if (std::ranges::find(posts, mark) != posts.end()) return true;
  posts[m_polling->nextPost++ % posts.size()] = mark;
  return false;
}

bool EngineIoSession::post(QByteArrayView body, const PollReply &reply) {
  if (m_authenticated) reply.token().setAuthenticated();
  wire::EngineIoPayloadReader reader(body, m_server.options().maxPacketsPerPost);
  while (!m_closed) {
    const auto packet = reader.next();
    if (!packet) {
      end(net::close_code::kProtocolError, kClosePacket);
      return false;
    }
    if (!*packet) break;
    take(**packet);
  }
  if (m_authenticated) reply.token().setAuthenticated();
  return true;
}

void EngineIoSession::socketText(WebSocketEndpoint &socket, QByteArrayView frame) {
  if (m_closed) return;
  if (&socket == m_probe) return takeProbe(socket, frame);
  const auto packet = wire::parseEngineIoText(frame);
  if (!packet) return end(net::close_code::kProtocolError, {});
  take(*packet);
}

void EngineIoSession::socketBinary(WebSocketEndpoint &socket, QByteArrayView message) {
  if (m_closed) return;
  if (&socket == m_probe) return takeProbe(socket, {});
  take(wire::engineIoBinary(message));
}

void EngineIoSession::take(const wire::EngineIoPacket &packet) {
  switch (packet.type) {
    case wire::EngineIoType::Message:
      return m_server.listener().messageReceived(*this, packet.data, packet.isBinary);
    case wire::EngineIoType::Pong:
      return pongArrived();
    case wire::EngineIoType::Close:
      return end(net::close_code::kNormal, kNoopPacket);
    case wire::EngineIoType::Noop:
      return;
    case wire::EngineIoType::Ping:  // the wrong direction in v4
    case wire::EngineIoType::Open:
    case wire::EngineIoType::Upgrade:
      return end(net::close_code::kProtocolError, kClosePacket);
  }
}

// One nobody asked for is not overlooked: a flood of them would keep a dead session alive for nothing.
void EngineIoSession::pongArrived() {
  if (!m_awaitsPong) return end(net::close_code::kProtocolError, kClosePacket);
  m_awaitsPong = false;
  m_server.loop().startTimer(m_heartbeat, m_server.options().pingInterval);
}

void EngineIoSession::beat() {
  if (m_awaitsPong) return end(net::close_code::kGoingAway, kClosePacket);
  m_awaitsPong = true;
  m_server.loop().startTimer(m_heartbeat, m_server.options().pingTimeout);
  sendText(kPingPacket);
}

// "2probe" → "3probe", then "5". Meanwhile polls are answered at once, so that the client can end its own in an orderly
// way.
void EngineIoSession::takeProbe(WebSocketEndpoint &socket, QByteArrayView frame) {
  if (frame == QByteArrayView(kProbe) && !m_upgrading) {
    m_upgrading = true;
    socket.sendText(kProbeAnswer);
    if (m_polling->waiting) answerPoll();
    return;
  }
  if (frame == QByteArrayView(kUpgradePacket) && m_upgrading) return upgrade(socket);
  socket.close(net::close_code::kProtocolError);
  socketGone(socket);
}

void EngineIoSession::upgrade(WebSocketEndpoint &socket) {
  m_upgrading = false;
  m_probe = nullptr;
  if (m_polling->waiting) endPoll(kNoopPacket);
  m_socket = &socket;
  socket.probeEnded();
  if (m_authenticated) socket.setAuthenticated();
  for (const PollQueue::Packet &packet : m_polling->packets.takeAll()) {
    if (packet.isBinary)
      socket.sendBinary(packet.bytes);
    else
      socket.sendText(packet.bytes);
  }
  m_polling.reset();
}

void EngineIoSession::socketGone(WebSocketEndpoint &socket) {
  if (&socket == m_probe) {  // polling goes on
    m_probe = nullptr;
    m_upgrading = false;
  }
  if (&socket != m_socket) return;
  m_socket = nullptr;
  end(net::close_code::kGoingAway, {});
}

void EngineIoSession::close(quint16 code) {
  if (m_closed) return;
  if (m_polling) {
    PollQueue &words = m_polling->packets;
    words.append(kClosePacket, false);
    if (m_polling->waiting) endPoll(words.takePayload(m_server.options().maxPayload));
    if (!words.isEmpty()) m_server.farewells().keep(m_sid, std::exchange(words, {}));
  }
  end(code, {});
}

void EngineIoSession::end(quint16 code, QByteArrayView lastPollPacket) {
  if (m_closed) return;
  m_closed = true;
  m_heartbeat.stop();
  if (m_polling && m_polling->waiting) {
    QByteArray payload = m_polling->packets.takePayload(m_server.options().maxPayload);
    wire::appendTextToPayload(payload, lastPollPacket);
    endPoll(std::move(payload));
  }
  if (m_probe) std::exchange(m_probe, nullptr)->close(code);
  if (m_socket) std::exchange(m_socket, nullptr)->close(code);
  m_server.bury(*this);
}

}  // namespace gx::server::realtime
