// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/connection.h"

#include "core/base/crash_point.h"
#include "core/base/logging.h"
#include "core/wire/event_names.h"

namespace gx::messenger {

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds kAckTime = 15s;
constexpr std::chrono::milliseconds kLookTime = 4s;
}  // namespace

Connection::Connection(RelayAccess &access, vault::Vault &vault, Random &random, net::TransportMode mode)
    : m_access(access),
      m_vault(vault),
      m_socket(access.http(), options(access.address(), mode)),
      m_way(access.http().clock(), access.http().policy(), access.address().api()),
      m_reconnector(access.http().clock(), random, [this](std::stop_token stop) { return open(std::move(stop)); }) {
  connect(&m_reconnector, &net::Reconnector::stateChanged, this, &Connection::stateChanged);
  m_reconnector.lookWith([this](std::stop_token stop) { return look(std::move(stop)); });
  connect(&m_reconnector, &net::Reconnector::connectionDoubted, this,
          [this] { doubt("the network changed or the machine slept"); });
  connect(&m_socket, &net::SocketIoClient::eventReceived, this, &Connection::take);
  connect(&m_socket, &net::SocketIoClient::closed, this, &Connection::lose);
  connect(&m_access.tokens(), &net::AccessTokens::renewed, this, [this] { m_scope.spawn(renew()); });
  connect(&m_access.tokens(), &net::AccessTokens::signedOut, this, &Connection::signedOut);
}

void Connection::start() {
  m_reconnector.start();
}

void Connection::doubt(const QByteArray &why) {
  doubt(Error{ErrorKind::Network, why, "connection_doubted"});
}

Result<> Connection::tell(const QByteArray &event, const QByteArray &json) {
  return m_socket.emitEvent(event, json);
}

Async<QByteArray> Connection::ask(QByteArray event, QByteArray json) {
  const auto ack = co_await call(std::move(event), std::move(json));
  if (!ack) co_return tl::unexpected(ack.error());
  co_return net::openPlainAck(*ack);
}

// A relay that says nothing at all while it should answer is gone, long before its heartbeat is missed.
Async<QByteArray> Connection::call(QByteArray event, QByteArray json) {
  const SteadyTime asked = m_access.http().clock().steadyNow();
  const auto ack = co_await m_socket.emitWithAck(std::move(event), std::move(json), kAckTime, m_stop.get_token());
  if (!ack && ack.error().kind == ErrorKind::Timeout && m_socket.engine().lastHeard() < asked)
    doubt("nothing comes from the relay");
  co_return ack;
}

QCoro::Task<net::SendResult> Connection::sendMessage(wire::SendRequest request) {
  const QByteArray json = request.toJson();
  auto calling = call(wire::events::kMessageSend, json);
  crashPoint("C5");
  const auto ack = co_await calling;
  if (!ack) {
    net::RestFailure failure;
    failure.error = ack.error();
    co_return tl::unexpected(failure);
  }
  co_return net::openSendAck(*ack);
}

QCoro::Task<> Connection::shutdown() {
  m_stop.request_stop();
  co_await m_reconnector.shutdown();
  co_await m_socket.shutdown();
  co_await m_scope.drained();
}

net::EngineIoOptions Connection::options(const net::RelayAddress &address, net::TransportMode mode) {
  net::EngineIoOptions made;
  made.url = address.realtime();
  made.mode = mode;
  return made;
}

Async<> Connection::open(std::stop_token stop) {
  m_socket.close();  // a relay that said it restarts may not have ended it yet
  const net::SocketIoClient::Payload makePayload = [this] { return payload(); };
  auto opened = co_await m_socket.open(makePayload, stop);
  if (!opened && opened.error().kind == ErrorKind::Unauthorized && m_access.tokens().isSignedIn()) {
    m_access.tokens().invalidate(m_token);  // it ran out on the way, or was revoked: one more try with a new one
    opened = co_await m_socket.open(makePayload, stop);
  }
  co_return opened;
}

Async<> Connection::look(std::stop_token stop) {
  const auto reached = co_await m_way.reach(std::move(stop), kLookTime);
  if (!reached) co_return tl::unexpected(reached.error());
  co_return Result<>();
}

Async<QByteArray> Connection::payload() {
  const auto token = co_await m_access.tokens().current(m_stop.get_token());
  if (!token) co_return tl::unexpected(token.error());
  const auto cursor = co_await m_vault.opener().cursor();
  if (!cursor) co_return tl::unexpected(cursor.error());
  const auto mark = co_await m_vault.account().bootMark();
  if (!mark) co_return tl::unexpected(mark.error());
  m_token = *token;
  wire::ConnectAuth auth;
  auth.token = *token;
  auth.after = cursor->seq;
  auth.messageId = cursor->letter;
  auth.bootCounter = mark->counter;
  auth.bootSends = mark->sends;
  co_return auth.toJson();
}

QCoro::Task<> Connection::renew() {
  if (!m_socket.isConnected()) co_return;
  const auto token = co_await m_access.tokens().current(m_stop.get_token());
  if (!token || *token == m_token) co_return;
  wire::AuthRenew request;
  request.token = *token;
  m_token = *token;
  const auto renewed = co_await ask(wire::events::kAuthRenew, request.toJson());
  if (!renewed) qCInfo(lcMessenger) << "the connection keeps its old token:" << describe(renewed.error());
}

void Connection::take(const net::SocketIoEvent &event) {
  if (event.name == wire::events::kReady) {
    const auto parsed = wire::Ready::parse(event.argument());
    if (parsed) Q_EMIT ready(*parsed);
  } else if (event.name == wire::events::kClosing) {
    const auto parsed = wire::Closing::parse(event.argument());
    if (parsed) leave(std::chrono::milliseconds(parsed->retryAfterMs));
  } else if (event.name == wire::events::kAuthExpiring) {
    m_access.tokens().invalidate(m_token);
    m_scope.spawn(renew());
  } else {
    Q_EMIT eventReceived(event.name, event.argument());
  }
}

// It says so before it ends the connection; waiting for that end would lose what it said.
void Connection::leave(std::chrono::milliseconds retryAfter) {
  Error restarts{ErrorKind::Unavailable, "the relay restarts", "relay_restarts"};
  restarts.retryAfter = retryAfter;
  m_reconnector.connectionLost(restarts);
}

void Connection::doubt(Error reason) {
  m_socket.close();
  m_access.http().dropConnections();
  lose(std::move(reason));
}

void Connection::lose(Error reason) {
  if (reason.kind == ErrorKind::Unauthorized) {
    // The token went, not the account: a new one is asked for, and only its refusal ends the session.
    m_access.tokens().invalidate(m_token);
    reason.kind = ErrorKind::Network;
  }
  m_reconnector.connectionLost(reason);
}

}  // namespace gx::messenger
