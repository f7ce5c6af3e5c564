// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "server/net/connection_user.h"
#include "server/net/event_loop.h"
#include "server/net/peer_address.h"
#include "server/net/tls_stream.h"

namespace gx::server::net {

class ConnectionTable;
class SendQueue;

// One accepted socket, plain or TLS: reading, a byte-limited queue of what is to be sent, one send a turn, orderly
// ends. Small, because there are ten thousand of it. Owned by the table of its worker.
class Connection final : private EventSink {
 public:
  Connection(ConnectionTable &table, int descriptor, const PeerAddress &peer, quint64 id);
  ~Connection();
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  [[nodiscard]] quint64 id() const { return m_id; }
  [[nodiscard]] const PeerAddress &peer() const { return m_peer; }
  // A proxy says whom it speaks for; from now on that is peer(). False: there are too many of that address.
  [[nodiscard]] bool speaksFor(const PeerAddress &client);
  // Who is at the other end of the socket.
  [[nodiscard]] const PeerAddress &socketPeer() const { return m_socketPeer; }
  [[nodiscard]] bool isSecure() const { return m_tls != nullptr; }
  [[nodiscard]] ConnectionTable &table() { return m_table; }
  // False once it is being closed: what is sent then is dropped.
  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
  [[nodiscard]] ConnectionUser *user() const { return m_user.get(); }

  void start(std::unique_ptr<ConnectionUser> user, std::unique_ptr<TlsStream> tls);
  // The old user lives until the end of the turn and hears nothing more.
  void replaceUser(std::unique_ptr<ConnectionUser> user);
  // From now on the limits of the queue hold; a peer that does not read is dropped.
  void limitQueue() { m_queueLimited = true; }

  // Queues one packet; it leaves at the end of the turn.
  void send(QByteArrayView bytes);
  void sendShared(const QByteArray &bytes);
  // Room for one packet, to be filled before anything else is called, then queued by send(); null when not open.
  [[nodiscard]] char *reserve(qsizetype size);
  void sendReserved() { queueGrew(); }
  [[nodiscard]] qint64 bytesWaiting() const;
  // The user hears drained() once nothing is queued (any more).
  void notifyDrained();

  // Sends what is queued, then ends the stream, waits a little for the peer to read it, and closes.
  void finish();
  // Closes at the end of the turn; what is queued is lost.
  void abort();

  void pauseReading();
  void resumeReading();
  void setAuthenticated();
  [[nodiscard]] bool isAuthenticated() const { return m_authenticated; }

  // The user's single time-out.
  void setTimeout(std::chrono::milliseconds after);
  void stopTimeout();

 private:
  friend class ConnectionTable;
  enum class State : quint8 { Open, Finishing, Lingering, Dead };

  void ready(quint32 epollEvents) override;
  void readMore();
  [[nodiscard]] bool readOnce();
  void deliver(char *bytes, qsizetype size);
  void streamEnded();
  void flush();
  void transmit();
  [[nodiscard]] qsizetype write(QByteArrayView bytes);
  void endSending();
  void updateEvents();
  void queueGrew();
  void die();
  static void timerFired(void *self);
  static void stalled(void *self);

  ConnectionTable &m_table;
  std::unique_ptr<ConnectionUser> m_user;
  std::unique_ptr<TlsStream> m_tls;
  std::unique_ptr<SendQueue> m_queue;  // only while it holds something
  quint64 m_id;
  WheelTimer m_timer;
  WheelTimer m_stall;  // runs while the kernel takes nothing
  PeerAddress m_peer;
  PeerAddress m_socketPeer;
  int m_descriptor;
  int m_lingerBudget = 0;  // bytes still to be thrown away
  quint32 m_events = 0;
  State m_state = State::Open;
  bool m_isDirty = false;
  bool m_wantsWrite = false;
  bool m_readWantsWrite = false;  // TLS
  bool m_readingPaused = false;
  bool m_endReached = false;
  bool m_authenticated = false;
  bool m_queueLimited = false;
  bool m_notifyDrained = false;
};

}  // namespace gx::server::net
