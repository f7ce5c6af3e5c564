// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/socketio_client.h"

#include "core/net/next_turn.h"
#include "core/net/socketio_packets.h"
#include "core/wire/socketio_encoder.h"

namespace gx::net {

namespace {

Error cutOff() {
  return {ErrorKind::Network, "the connection ended", "connection_cut"};
}
Error stoppedByCaller() {
  return {ErrorKind::Cancelled, "stopped"};
}

}  // namespace

SocketIoClient::SocketIoClient(HttpClient &http, EngineIoOptions options)
    : m_clock(http.clock()), m_engine(http, std::move(options)) {
  wire();
}

SocketIoClient::SocketIoClient(Clock &clock, EngineIoOptions options, EngineIoClient::MakeTransport makeTransport)
    : m_clock(clock), m_engine(clock, std::move(options), std::move(makeTransport)) {
  wire();
}

SocketIoClient::~SocketIoClient() = default;

void SocketIoClient::wire() {
  connect(&m_engine, &EngineIoClient::opened, this, [this] {
    if (m_opening) m_opening->finish({});
  });
  connect(&m_engine, &EngineIoClient::received, this, &SocketIoClient::take);
  connect(&m_engine, &EngineIoClient::closed, this, &SocketIoClient::takeEnd);
  connect(&m_engine, &EngineIoClient::upgraded, this, &SocketIoClient::upgraded);
  connect(&m_engine, &EngineIoClient::upgradeFailed, this, &SocketIoClient::upgradeFailed);
}

Async<> SocketIoClient::open(Payload payload, std::stop_token stop) {
  return m_scope.track(openAll(std::move(payload), std::move(stop)));
}

Async<> SocketIoClient::join(QByteArray nsp, Payload payload, std::stop_token stop) {
  return m_scope.track(joinNow(std::move(nsp), std::move(payload), std::move(stop)));
}

Async<> SocketIoClient::openAll(Payload payload, std::stop_token stop) {
  if (m_stop.stop_requested()) co_return fail(ErrorKind::Cancelled, "the client was shut down");
  if (m_opening || m_isUp) co_return fail(ErrorKind::Internal, "open already");
  Result<> done = co_await openEngine(stop);
  if (done) done = co_await joinNow("/", payload, stop);
  m_isUp = done.has_value();
  if (!done) close();
  co_return done;
}

Async<> SocketIoClient::openEngine(std::stop_token stop) {
  Completion<Result<>> opening;
  Completion<Result<>> *const awaited = &opening;
  m_opening = awaited;
  const std::stop_callback onStop(stop, [awaited] { awaited->finish(fail(stoppedByCaller())); });
  const std::stop_callback onShutdown(m_stop.get_token(), [awaited] { awaited->finish(fail(stoppedByCaller())); });
  m_engine.open();
  const Result<> done = co_await opening;
  m_opening = nullptr;
  co_return done;
}

Async<> SocketIoClient::joinNow(QByteArray nsp, Payload payload, std::stop_token stop) {
  if (m_joined.contains(nsp) || m_joinings.contains(nsp)) co_return fail(ErrorKind::Internal, "joined already");
  const Result<QByteArray> asked = co_await payload();
  if (!asked) co_return fail(asked.error());
  if (stop.stop_requested() || m_stop.stop_requested()) co_return fail(stoppedByCaller());
  if (!m_engine.isOpen()) co_return fail(m_lastReason);
  Joining joining;
  Joining *const awaited = &joining;
  m_joinings[nsp] = awaited;
  QObject patience;
  const auto onTime = [awaited] { awaited->finish(fail(ErrorKind::Timeout, "no answer to CONNECT", "no_answer")); };
  m_clock.callAfter(wire::limits::kConnectTime, &patience, onTime);
  const std::stop_callback onStop(stop, [awaited] { awaited->finish(fail(stoppedByCaller())); });
  const std::stop_callback onShutdown(m_stop.get_token(), [awaited] { awaited->finish(fail(stoppedByCaller())); });
  const Result<> sent = send(wire::encodeConnect(nsp, *asked), {});
  const Result<> done = sent ? co_await joining : sent;
  m_joinings.erase(nsp);
  co_return done;
}

void SocketIoClient::leave(const QByteArray &nsp) {
  if (!m_joined.remove(nsp)) return;
  static_cast<void>(send(wire::encodeDisconnect(nsp), {}));
  m_acks.failNamespace(nsp, cutOff());
}

Result<> SocketIoClient::emitEvent(const SocketIoMessage &message) {
  return sendEvent(message, std::nullopt);
}

Result<> SocketIoClient::emitEvent(const QByteArray &name, const QByteArray &argument) {
  SocketIoMessage message;
  message.name = name;
  message.arguments = argument;
  return sendEvent(message, std::nullopt);
}

Async<QByteArray> SocketIoClient::emitWithAck(QByteArray name, QByteArray argument, std::chrono::milliseconds timeout,
                                              std::stop_token stop) {
  SocketIoMessage message;
  message.name = std::move(name);
  message.arguments = std::move(argument);
  return firstArgument(call(std::move(message), timeout, std::move(stop)));
}

Async<QByteArray> SocketIoClient::firstArgument(Async<SocketIoAck> call) {
  const Result<SocketIoAck> ack = co_await call;
  if (!ack) co_return fail(ack.error());
  co_return ack->arguments.value(0, "null");
}

Async<SocketIoAck> SocketIoClient::call(SocketIoMessage message, std::chrono::milliseconds timeout,
                                        std::stop_token stop) {
  return m_scope.track(callNow(std::move(message), timeout, std::move(stop)));
}

Async<SocketIoAck> SocketIoClient::callNow(SocketIoMessage message, std::chrono::milliseconds timeout,
                                           std::stop_token stop) {
  if (stop.stop_requested() || m_stop.stop_requested()) co_return fail(stoppedByCaller());
  PendingAcks::Acked waiting;
  PendingAcks::Acked *const acked = &waiting;
  const quint32 id = m_acks.add(message.nsp, waiting);
  const Result<> sent = sendEvent(message, id);
  if (!sent) acked->finish(fail(sent.error()));
  QObject patience;
  const auto onTime = [acked] { acked->finish(fail(ErrorKind::Timeout, "no ack in time", "ack_timeout")); };
  m_clock.callAfter(timeout, &patience, onTime);
  const std::stop_callback onStop(stop, [acked] { acked->finish(fail(stoppedByCaller())); });
  const std::stop_callback onShutdown(m_stop.get_token(), [acked] { acked->finish(fail(stoppedByCaller())); });
  Result<SocketIoAck> ack = co_await waiting;
  m_acks.remove(id);
  co_return ack;
}

Result<> SocketIoClient::answer(const SocketIoEvent &event, const QByteArray &arguments,
                                const QList<QByteArray> &attachments) {
  if (!event.ackId) return fail(ErrorKind::Internal, "nobody asked for an ack");
  wire::OutgoingAck ack;
  ack.ackId = *event.ackId;
  ack.argumentList = arguments;
  ack.nsp = event.nsp;
  ack.attachments = static_cast<int>(attachments.size());
  return send(wire::encodeAck(ack), attachments);
}

void SocketIoClient::close() {
  m_isUp = false;
  m_engine.close();
  fallDown(cutOff());
}

QCoro::Task<> SocketIoClient::shutdown() {
  m_stop.request_stop();
  close();
  co_await m_scope.drained();
  co_await nextTurn();
}

void SocketIoClient::take(const EngineIoFrame &frame) {
  const auto packet = frame.isBinary ? m_decoder.takeBinary(frame.bytes) : m_decoder.takeText(frame.bytes);
  if (!packet) {
    m_engine.close();
    return takeEnd({ErrorKind::Invalid, packet.error().detail, kProtocolError});
  }
  if (*packet) return takePacket(**packet);
  if (!frame.isBinary) watchBinary();
}

void SocketIoClient::takePacket(const wire::SocketIoPacket &packet) {
  ++m_binaryRound;
  const QByteArray nsp = packet.nsp.toByteArray();
  switch (packet.type) {
    case wire::SocketIoType::Connect:
      return takeJoined(nsp, {});
    case wire::SocketIoType::ConnectError:
      return takeJoined(nsp, fail(connectError(packet.payload)));
    case wire::SocketIoType::Disconnect:
      return takeDisconnect(nsp);
    case wire::SocketIoType::Event:
    case wire::SocketIoType::BinaryEvent:
      return takeEvent(packet);
    case wire::SocketIoType::Ack:
    case wire::SocketIoType::BinaryAck:
      return takeAck(packet);
  }
}

void SocketIoClient::takeJoined(const QByteArray &nsp, const Result<> &result) {
  const auto joining = m_joinings.find(nsp);
  if (joining == m_joinings.end()) return;  // nobody asked, or nobody waits any more
  Joining *const waiting = joining->second;
  m_joinings.erase(joining);
  if (result) m_joined.insert(nsp);
  waiting->finish(result);
  if (m_joined.contains(nsp)) Q_EMIT connected(nsp);
}

void SocketIoClient::takeDisconnect(const QByteArray &nsp) {
  if (!m_joined.remove(nsp)) return;
  m_acks.failNamespace(nsp, cutOff());
  Q_EMIT left(nsp);
  if (!m_joined.isEmpty() || !m_engine.isOpen()) return;
  m_engine.close();
  takeEnd({ErrorKind::Network, "disconnected by the server", "server_disconnect"});
}

void SocketIoClient::takeEvent(const wire::SocketIoPacket &packet) {
  if (m_joined.contains(packet.nsp.toByteArray())) Q_EMIT eventReceived(ownEvent(packet));
}

void SocketIoClient::takeAck(const wire::SocketIoPacket &packet) {
  m_acks.take(packet.ackId.value_or(0), packet.nsp.toByteArray(), ownAck(packet));
}

void SocketIoClient::watchBinary() {
  m_clock.callAfter(wire::limits::kBinaryWait, this, [this, round = ++m_binaryRound] {
    if (round != m_binaryRound || !m_decoder.isWaiting()) return;
    m_engine.close();
    takeEnd({ErrorKind::Timeout, "binary parts did not follow", "no_answer"});
  });
}

Result<> SocketIoClient::sendEvent(const SocketIoMessage &message, std::optional<quint32> ackId) {
  if (wire::isReservedEventName(message.name)) return fail(ErrorKind::Invalid, "a reserved event name", "bad_event");
  if (!m_joined.contains(message.nsp)) return fail(ErrorKind::Network, "not connected", "not_connected");
  wire::OutgoingEvent event;
  event.name = message.name;
  event.argumentList = message.arguments;
  event.nsp = message.nsp;
  event.ackId = ackId;
  event.attachments = static_cast<int>(message.attachments.size());
  return send(wire::encodeEvent(event), message.attachments);
}

Result<> SocketIoClient::send(const QByteArray &header, const QList<QByteArray> &attachments) {
  std::vector<EngineIoFrame> frames;
  frames.push_back({header});
  for (const QByteArray &bytes : attachments) frames.push_back({bytes, true});
  return m_engine.send(frames);
}

void SocketIoClient::takeEnd(const Error &reason) {
  m_lastReason = reason;
  const bool wasUp = std::exchange(m_isUp, false);
  fallDown(reason);
  if (wasUp) Q_EMIT closed(reason);
}

// Everybody who waits learns why, and may do anything then but delete this.
void SocketIoClient::fallDown(const Error &reason) {
  m_decoder.reset();
  m_joined.clear();
  if (Completion<Result<>> *const opening = std::exchange(m_opening, nullptr)) opening->finish(fail(reason));
  while (!m_joinings.empty()) {
    Joining *const waiting = m_joinings.begin()->second;
    m_joinings.erase(m_joinings.begin());
    waiting->finish(fail(reason));
  }
  m_acks.failAll(cutOff());
}

}  // namespace gx::net
