// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/engineio_options.h"
#include "core/net/engineio_transport.h"
#include "core/net/http_client.h"
#include "core/wire/engineio_handshake.h"

namespace gx::net {

// One Engine.IO v4 session: handshake, heartbeat, upgrade from polling to WebSocket, close. open() may be called again
// after closed().
class EngineIoClient final : public QObject {
  Q_OBJECT
 public:
  enum class TransportKind { Polling, WebSocket };
  using MakeTransport = std::function<EngineIoTransport *(TransportKind)>;

  EngineIoClient(HttpClient &http, EngineIoOptions options);
  // With transports of the caller's: for tests.
  EngineIoClient(Clock &clock, EngineIoOptions options, MakeTransport makeTransport);
  ~EngineIoClient() override;

  void open();
  // Ends the session; emits nothing.
  void close();
  // Messages, without the '4' for text... encoded text frames ("4…") or binary ones. TooLarge when the server would
  // refuse it, Full when too much is waiting, Network when not open.
  [[nodiscard]] Result<> send(const EngineIoFrame &frame);

  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
  [[nodiscard]] QByteArray transportName() const;  // of now: "polling", "websocket", empty
  [[nodiscard]] const wire::EngineIoHandshake &handshake() const { return m_handshake; }

 Q_SIGNALS:
  void opened();
  void upgraded();                                       // now on WebSocket
  void upgradeFailed(const gx::Error &reason);           // stays with polling
  void received(const gx::net::EngineIoFrame &message);  // text without its '4', or binary
  void closed(const gx::Error &reason);                  // after open(): not reached, or lost

 private:
  enum class State { Closed, Opening, Open };
  struct Upgrade;

  EngineIoTransport *make(TransportKind kind);
  void use(EngineIoTransport *transport);
  void take(const EngineIoFrame &frame);
  void takeOpen(QByteArrayView json);
  void takePing(QByteArrayView data);
  void end(const Error &reason);
  void drop(EngineIoTransport *&transport);
  void watchHeartbeat();
  void startUpgrade();
  void takeProbe(const EngineIoFrame &frame);
  void switchOver();
  void endUpgrade(const Error &reason);

  Clock &m_clock;
  EngineIoOptions m_options;
  MakeTransport m_makeTransport;
  State m_state = State::Closed;
  EngineIoTransport *m_transport = nullptr;
  EngineIoTransport *m_probe = nullptr;
  bool m_isSwitching = false;         // between pause of the old and use of the new transport
  std::vector<EngineIoFrame> m_held;  // sent meanwhile
  wire::EngineIoHandshake m_handshake;
  SteadyTime m_lastHeard{};
  quint64 m_round = 0;  // of open(); timers of an earlier one do nothing
};

}  // namespace gx::net
