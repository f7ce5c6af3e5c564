// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/engineio_client.h"

#include "core/base/logging.h"
#include "core/net/polling_transport.h"
#include "core/net/websocket_transport.h"
#include "core/wire/engineio_payload.h"

namespace gx::net {

namespace {

EngineIoClient::MakeTransport realTransports(HttpClient &http, const EngineIoOptions &options) {
  return [&http, options](EngineIoClient::TransportKind kind, QObject *parent) -> EngineIoTransport * {
    if (kind == EngineIoClient::TransportKind::Polling) return new PollingTransport(http, options, parent);
    return new WebSocketTransport(http.policy(), options, parent);
  };
}

EngineIoFrame textFrame(wire::EngineIoType type, QByteArrayView data = {}) {
  return {wire::encodeEngineIoText(type, data)};
}

}  // namespace

EngineIoClient::EngineIoClient(HttpClient &http, EngineIoOptions options)
    : EngineIoClient(http.clock(), options, realTransports(http, options)) {}

EngineIoClient::EngineIoClient(Clock &clock, EngineIoOptions options, MakeTransport makeTransport)
    : m_clock(clock), m_options(std::move(options)), m_makeTransport(std::move(makeTransport)) {}

EngineIoClient::~EngineIoClient() {
  close();
}

QByteArray EngineIoClient::transportName() const {
  return m_transport ? m_transport->name() : QByteArray();
}

void EngineIoClient::open() {
  close();
  m_state = State::Opening;
  m_handshake = {};
  watchOpening();
  const bool usesWebSocket = m_options.mode == TransportMode::WebSocketOnly;
  use(m_makeTransport(usesWebSocket ? TransportKind::WebSocket : TransportKind::Polling, this));
  m_transport->open({});
}

void EngineIoClient::close() {
  ++m_round;
  m_state = State::Closed;
  m_isSwitching = false;
  m_held.clear();
  drop(m_probe);
  drop(m_transport);
}

Result<> EngineIoClient::send(const std::vector<EngineIoFrame> &frames) {
  if (m_state != State::Open) return fail(ErrorKind::Network, "not connected", "not_connected");
  qsizetype queued = m_transport->bytesQueued();
  for (const EngineIoFrame &held : m_held) queued += held.bytes.size();
  for (const EngineIoFrame &frame : frames) {
    const auto packet = frame.isBinary ? wire::engineIoBinary(frame.bytes) : wire::EngineIoPacket{};
    const qsizetype size = frame.isBinary ? wire::payloadSize(packet) : frame.bytes.size();
    if (m_handshake.maxPayload > 0 && size > m_handshake.maxPayload)
      return fail(ErrorKind::TooLarge, "longer than the server takes", "too_large");
    queued += size;
  }
  if (queued > wire::limits::kSendQueueBytes)
    return fail(ErrorKind::Full, "too much waits to be sent", "send_queue_full");
  for (const EngineIoFrame &frame : frames) pass(frame);
  return {};
}

void EngineIoClient::pass(const EngineIoFrame &frame) {
  if (m_isSwitching)
    m_held.push_back(frame);
  else if (m_transport)
    m_transport->send(frame);
}

void EngineIoClient::use(EngineIoTransport *transport) {
  m_transport = transport;
  connect(transport, &EngineIoTransport::received, this, &EngineIoClient::take);
  connect(transport, &EngineIoTransport::failed, this, &EngineIoClient::end);
  connect(transport, &EngineIoTransport::paused, this, &EngineIoClient::switchOver);
}

void EngineIoClient::take(const EngineIoFrame &frame) {
  if (m_state == State::Closed) return;
  m_lastHeard = m_clock.steadyNow();
  if (frame.isBinary) {
    if (m_state != State::Open) return end({ErrorKind::Invalid, "a message before the Open packet", kProtocolError});
    Q_EMIT received(frame);
    return;
  }
  const auto packet = wire::parseEngineIoText(frame.bytes);
  if (!packet) return end({ErrorKind::Invalid, packet.error().detail, kProtocolError});
  const bool isOpenPacket = packet->type == wire::EngineIoType::Open;
  if (isOpenPacket != (m_state == State::Opening))
    return end({ErrorKind::Invalid, "the Open packet is not the first", kProtocolError});
  isOpenPacket ? takeOpen(packet->data) : takePacket(*packet);
}

void EngineIoClient::takePacket(const wire::EngineIoPacket &packet) {
  switch (packet.type) {
    case wire::EngineIoType::Ping:
      return pass(textFrame(wire::EngineIoType::Pong, packet.data));
    case wire::EngineIoType::Message:
      Q_EMIT received({packet.data.toByteArray()});
      return;
    case wire::EngineIoType::Close:
      return end({ErrorKind::Network, "closed by the server", "connection_cut"});
    default:
      return;  // Noop; anything else means nothing to a client
  }
}

void EngineIoClient::takeOpen(QByteArrayView json) {
  const auto handshake = wire::parseEngineIoHandshake(json);
  if (!handshake) return end({ErrorKind::Invalid, handshake.error().detail, kProtocolError});
  m_handshake = *handshake;
  m_transport->useSession(m_handshake);
  m_state = State::Open;
  watchHeartbeat();
  const quint64 round = m_round;
  Q_EMIT opened();
  if (round != m_round || m_options.mode != TransportMode::PollingThenWebSocket) return;
  if (m_handshake.upgrades.contains("websocket")) startUpgrade();
}

void EngineIoClient::end(const Error &reason) {
  if (m_state == State::Closed) return;
  qCDebug(lcNet) << "Engine.IO ended:" << describe(reason);
  close();
  Q_EMIT closed(reason);
}

void EngineIoClient::watchOpening() {
  m_clock.callAfter(m_options.connectTime, this, [this, round = m_round] {
    if (round == m_round && m_state == State::Opening) end({ErrorKind::Timeout, "no Open packet in time", "no_answer"});
  });
}

// The server pings every pingInterval; anything that comes counts as life.
void EngineIoClient::watchHeartbeat() {
  const auto patience = m_handshake.pingInterval + m_handshake.pingTimeout;
  const auto left = m_lastHeard + patience - m_clock.steadyNow();
  if (left.count() <= 0) return end({ErrorKind::Network, "the heartbeat stopped", "heartbeat_lost"});
  m_clock.callAfter(left, this, [this, round = m_round] {
    if (round == m_round) watchHeartbeat();
  });
}

void EngineIoClient::startUpgrade() {
  EngineIoTransport *probe = m_makeTransport(TransportKind::WebSocket, this);
  m_probe = probe;
  connect(probe, &EngineIoTransport::opened, this,
          [probe] { probe->send(textFrame(wire::EngineIoType::Ping, "probe")); });
  connect(probe, &EngineIoTransport::received, this, &EngineIoClient::takeProbe);
  connect(probe, &EngineIoTransport::failed, this, &EngineIoClient::endUpgrade);
  m_clock.callAfter(m_options.upgradeTime, probe, [this, probe] {
    if (probe == m_probe) endUpgrade({ErrorKind::Timeout, "the upgrade took too long", "no_answer"});
  });
  probe->open(m_handshake.sid);
}

void EngineIoClient::takeProbe(const EngineIoFrame &frame) {
  if (m_isSwitching) return;
  if (frame != textFrame(wire::EngineIoType::Pong, "probe"))
    return endUpgrade({ErrorKind::Invalid, "no answer to the probe", kProtocolError});
  m_isSwitching = true;
  m_transport->pause();
}

void EngineIoClient::switchOver() {
  if (!m_isSwitching || !m_probe) return;
  EngineIoTransport *next = std::exchange(m_probe, nullptr);
  next->disconnect(this);
  // Not close(): that would end the session itself.
  m_transport->disconnect(this);
  m_transport->deleteLater();
  use(next);
  m_isSwitching = false;
  next->useSession(m_handshake);
  next->send(textFrame(wire::EngineIoType::Upgrade));
  for (const EngineIoFrame &frame : std::exchange(m_held, {})) next->send(frame);
  Q_EMIT upgraded();
}

// Before the switch the session stays with polling; during it nobody knows which way the server took.
void EngineIoClient::endUpgrade(const Error &reason) {
  if (m_isSwitching) return end(reason);
  drop(m_probe);
  Q_EMIT upgradeFailed(reason);
}

void EngineIoClient::drop(EngineIoTransport *&transport) {
  if (!transport) return;
  EngineIoTransport *const dropped = std::exchange(transport, nullptr);
  dropped->disconnect();
  dropped->close();
  dropped->deleteLater();
}

}  // namespace gx::net
