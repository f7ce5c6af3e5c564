// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/engineio_options.h"
#include "core/net/engineio_transport.h"
#include "core/net/http_client.h"
#include "core/wire/engineio_packet.h"

namespace gx::net {

// One Engine.IO v4 session: handshake, heartbeat, upgrade from polling to WebSocket, close. Every signal may end in
// close(); open() may be called again after closed().
class EngineIoClient final : public QObject {
  Q_OBJECT
 public:
  enum class TransportKind { Polling, WebSocket };
  // Makes a transport with this parent; the client deletes it.
  using MakeTransport = std::function<EngineIoTransport *(TransportKind kind, QObject *parent)>;

  EngineIoClient(HttpClient &http, EngineIoOptions options);
  // With transports of the caller's: for tests.
  EngineIoClient(Clock &clock, EngineIoOptions options, MakeTransport makeTransport);
  ~EngineIoClient() override;

  void open();
  // Ends the session; emits nothing.
  void close();
  // All frames, or none: encoded text frames of messages ("4…") and binary ones. TooLarge when the server would not
  // take one, Full when too much waits to leave, Network when not open.
  [[nodiscard]] Result<> send(const std::vector<EngineIoFrame> &frames);

  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
  [[nodiscard]] QByteArray transportName() const;  // of now: "polling", "websocket", or empty
  // When anything came last; of this connection.
  [[nodiscard]] SteadyTime lastHeard() const { return m_lastHeard; }
  [[nodiscard]] const wire::EngineIoHandshake &handshake() const { return m_handshake; }

 Q_SIGNALS:
  void opened();
  void upgraded();                                       // now on WebSocket
  void upgradeFailed(const gx::Error &reason);           // stays with polling
  void received(const gx::net::EngineIoFrame &message);  // text without its '4', or binary
  void closed(const gx::Error &reason);                  // after open(): not reached, or lost

 private:
  enum class State { Closed, Opening, Open };

  void use(EngineIoTransport *transport);
  void pass(const EngineIoFrame &frame);
  void take(const EngineIoFrame &frame);
  void takeOpen(QByteArrayView json);
  void takePacket(const wire::EngineIoPacket &packet);
  void end(const Error &reason);
  void watchOpening();
  void watchHeartbeat();
  void startUpgrade();
  void takeProbe(const EngineIoFrame &frame);
  void switchOver();
  void endUpgrade(const Error &reason);
  static void drop(EngineIoTransport *&transport);

  Clock &m_clock;
  EngineIoOptions m_options;
  MakeTransport m_makeTransport;
  State m_state = State::Closed;
  EngineIoTransport *m_transport = nullptr;  // children of this; deleted later, because they may be calling
  EngineIoTransport *m_probe = nullptr;
  bool m_isSwitching = false;         // the old transport pauses, the new one is not in use yet
  std::vector<EngineIoFrame> m_held;  // sent meanwhile
  wire::EngineIoHandshake m_handshake;
  SteadyTime m_lastHeard{};
  quint64 m_round = 0;  // of open(); timers of an earlier one do nothing
};

}  // namespace gx::net
