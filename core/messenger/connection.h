// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/base/task_scope.h"
#include "core/messenger/relay_access.h"
#include "core/net/reconnector.h"
#include "core/net/route_probe.h"
#include "core/net/socketio_client.h"
#include "core/wire/session_dto.h"

namespace gx::messenger {

// The realtime connection of one approved device: opened with a fresh token and the mailbox cursor, kept, brought back.
// Says in which state it is, why, and when the next try comes.
class Connection final : public QObject {
  Q_OBJECT
 public:
  using State = net::Reconnector::State;

  Connection(RelayAccess &access, vault::Vault &vault, Random &random, net::TransportMode mode);

  void start();
  void retryNow() { m_reconnector.retryNow(); }
  // It seems to stand and does not: opened anew. `why` is safe to log.
  void doubt(const QByteArray &why);

  [[nodiscard]] bool isOnline() const { return m_reconnector.state() == State::Online; }
  [[nodiscard]] State state() const { return m_reconnector.state(); }
  [[nodiscard]] const Error &reason() const { return m_reconnector.reason(); }
  [[nodiscard]] WallTime waitingUntil() const { return m_reconnector.waitingUntil(); }
  [[nodiscard]] QByteArray transportName() const { return m_socket.transportName(); }

  // Sends and forgets; Network when not online.
  [[nodiscard]] Result<> tell(const QByteArray &event, const QByteArray &json);
  // The `ok` of the relay's ack.
  [[nodiscard]] Async<QByteArray> ask(QByteArray event, QByteArray json);
  // Over the socket; when the ack does not come, nobody knows: send the same bytes again.
  [[nodiscard]] QCoro::Task<net::SendResult> sendMessage(wire::SendRequest request);

  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void stateChanged();
  void ready(const gx::wire::Ready &ready);
  void eventReceived(const QByteArray &name, const QByteArray &argument);
  // The relay does not take us any more: sign in again.
  void signedOut(const gx::Error &reason);

 private:
  [[nodiscard]] static net::EngineIoOptions options(const net::RelayAddress &address, net::TransportMode mode);
  Async<> open(std::stop_token stop);
  Async<QByteArray> payload();
  Async<> look(std::stop_token stop);
  Async<QByteArray> call(QByteArray event, QByteArray json);
  QCoro::Task<> renew();
  void take(const net::SocketIoEvent &event);
  void leave(std::chrono::milliseconds retryAfter);
  void doubt(Error reason);
  void lose(Error reason);

  RelayAccess &m_access;
  vault::Vault &m_vault;
  net::SocketIoClient m_socket;
  net::RouteProbe m_way;
  net::Reconnector m_reconnector;
  QByteArray m_token;  // of the connection now
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::messenger
