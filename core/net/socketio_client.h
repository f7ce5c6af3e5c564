// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <QSet>
#include <functional>
#include <map>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/base/task_scope.h"
#include "core/net/completion.h"
#include "core/net/engineio_client.h"
#include "core/net/pending_acks.h"
#include "core/net/socketio_event.h"
#include "core/wire/socketio_decoder.h"

namespace gx::net {

// A Socket.IO v4 client (protocol v5) for any server: namespaces, events, acks with time-out, binary both ways. It does
// not come back by itself: that is Reconnector's affair. Every signal may end in close(), never in deletion. Reasons it
// can end with, besides those of HttpClient:
//   Network      connection_cut, heartbeat_lost, server_disconnect, upgrade_refused, session_unknown
//   Unauthorized unauthorized (4401, CONNECT_ERROR)     Conflict connection_replaced (4409)
//   Unavailable  relay_restarts (1012), not_a_relay     Invalid  protocol_error     TooLarge too_large
class SocketIoClient final : public QObject {
  Q_OBJECT
 public:
  // Gives the CONNECT payload, a JSON object or nothing; asked each time a namespace is joined, so that the token is
  // fresh.
  using Payload = std::function<Async<QByteArray>()>;

  SocketIoClient(HttpClient &http, EngineIoOptions options);
  SocketIoClient(Clock &clock, EngineIoOptions options, EngineIoClient::MakeTransport makeTransport);  // for tests
  ~SocketIoClient() override;

  // Connects and joins "/". A CONNECT_ERROR that is a relay's problem gives the problem's Error; else Forbidden,
  // "connect_error". Failing, it leaves nothing open and closed() is not emitted.
  [[nodiscard]] Async<> open(Payload payload, std::stop_token stop = {});
  // Joins a further namespace of the open connection.
  [[nodiscard]] Async<> join(QByteArray nsp, Payload payload, std::stop_token stop = {});
  void leave(const QByteArray &nsp);

  // Sends and forgets.
  [[nodiscard]] Result<> emitEvent(const SocketIoMessage &message);
  [[nodiscard]] Result<> emitEvent(const QByteArray &name, const QByteArray &argument);
  // The ack's first argument, raw JSON ("null" if it has none). Timeout "ack_timeout"; Network "connection_cut" when
  // the connection ends first: then nobody knows whether it was done.
  [[nodiscard]] Async<QByteArray> emitWithAck(QByteArray name, QByteArray argument, std::chrono::milliseconds timeout,
                                              std::stop_token stop = {});
  [[nodiscard]] Async<SocketIoAck> call(SocketIoMessage message, std::chrono::milliseconds timeout,
                                        std::stop_token stop = {});
  // Acks an event that asked for it. `arguments`: raw JSON values with commas between.
  [[nodiscard]] Result<> answer(const SocketIoEvent &event, const QByteArray &arguments,
                                const QList<QByteArray> &attachments = {});

  // Ends the connection now; emits nothing. Waiting tasks end as Network "connection_cut".
  void close();
  // Closes for good: waiting tasks end as Cancelled. Afterwards this may be deleted.
  [[nodiscard]] QCoro::Task<> shutdown();

  [[nodiscard]] bool isConnected(const QByteArray &nsp = "/") const { return m_joined.contains(nsp); }
  [[nodiscard]] QByteArray transportName() const { return m_engine.transportName(); }
  [[nodiscard]] const EngineIoClient &engine() const { return m_engine; }

 Q_SIGNALS:
  void connected(const QByteArray &nsp);
  void eventReceived(const gx::net::SocketIoEvent &event);
  void upgraded();
  void upgradeFailed(const gx::Error &reason);
  // The other side left one namespace; with the last one comes closed().
  void left(const QByteArray &nsp);
  // An open connection was lost or closed by the other side.
  void closed(const gx::Error &reason);

 private:
  using Joining = Completion<Result<>>;

  Async<> openAll(Payload payload, std::stop_token stop);
  Async<> openEngine(std::stop_token stop);
  Async<> joinNow(QByteArray nsp, Payload payload, std::stop_token stop);
  Async<SocketIoAck> callNow(SocketIoMessage message, std::chrono::milliseconds timeout, std::stop_token stop);
  static Async<QByteArray> firstArgument(Async<SocketIoAck> call);

  void wire();
  void take(const EngineIoFrame &frame);
  void takePacket(const wire::SocketIoPacket &packet);
  void takeJoined(const QByteArray &nsp, const Result<> &result);
  void takeDisconnect(const QByteArray &nsp);
  void takeEvent(const wire::SocketIoPacket &packet);
  void takeAck(const wire::SocketIoPacket &packet);
  void watchBinary();
  Result<> send(const QByteArray &header, const QList<QByteArray> &attachments);
  Result<> sendEvent(const SocketIoMessage &message, std::optional<quint32> ackId);
  void takeEnd(const Error &reason);
  void fallDown(const Error &reason);

  Clock &m_clock;
  EngineIoClient m_engine;
  wire::SocketIoDecoder m_decoder;
  QSet<QByteArray> m_joined;
  Completion<Result<>> *m_opening = nullptr;
  std::map<QByteArray, Joining *> m_joinings;
  PendingAcks m_acks;
  bool m_isUp = false;        // open() succeeded: its end is told by closed()
  Error m_lastReason{};       // why the engine ended
  quint64 m_binaryRound = 0;  // of the packet whose binary parts are awaited
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::net
