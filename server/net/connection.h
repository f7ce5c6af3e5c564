// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "server/net/connection_user.h"
#include "server/net/event_loop.h"
#include "server/net/peer_address.h"
#include "server/net/shared_frame.h"
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
  [[nodiscard]] bool isSecure() const { return m_tls != nullptr; }
  [[nodiscard]] ConnectionTable &table() { return m_table; }
  // False once it is being closed: what is sent then is dropped.
  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }

  void start(std::unique_ptr<ConnectionUser> user, std::unique_ptr<TlsStream> tls);
  // The old user lives until the end of the turn and hears nothing more.
  void replaceUser(std::unique_ptr<ConnectionUser> user);

  // Queues one packet; it leaves at the end of the turn. Over a limit of the queue the connection is dropped.
  void send(QByteArrayView bytes);
  void sendShared(const QByteArray &bytes);
  // Room for one packet, to be filled by the caller at once; null when not open.
  [[nodiscard]] char *reserve(qsizetype size);
  // More of the packet queued last.
  void extend(QByteArrayView bytes);
  [[nodiscard]] qint64 bytesWaiting() const;

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
  void stopTimeout() { m_timer.stop(); }

 private:
  friend class ConnectionTable;
  enum class State : quint8 { Open, Finishing, Lingering, Dead };

  void ready(quint32 epollEvents) override;
  void readMore();
  void deliver(char *bytes, qsizetype size);
  void discard(qsizetype size);
  void flush();
  void flushed();
  void shutDownSending();
  void updateEvents();
  void queueGrew();
  SendQueue &queue();
  static void timerFired(void *self);
  static void stalled(void *self);

  ConnectionTable &m_table;
  std::unique_ptr<ConnectionUser> m_user;
  std::unique_ptr<TlsStream> m_tls;
  SendQueue *m_queue = nullptr;  // of the table's pool
  quint64 m_id;
  WheelTimer m_timer;
  PeerAddress m_peer;
  int m_descriptor;
  quint32 m_events = 0;
  int m_lingerBudget = 0;
  State m_state = State::Open;
  bool m_dirty = false;
  bool m_wantsWrite = false;
  bool m_readingPaused = false;
  bool m_endReached = false;
  bool m_authenticated = false;
  bool m_wasShort = false;
};

}  // namespace gx::server::net
