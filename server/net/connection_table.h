// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <vector>

#include "server/net/admission.h"
#include "server/net/connection.h"
#include "server/net/event_loop.h"
#include "server/net/net_limits.h"
#include "server/net/send_queue.h"

namespace gx::server::net {

// All connections of one worker, by ids that are never used twice, so that nobody holds a pointer over a turn. Sends
// for each what gathered in the turn, and frees what died.
class ConnectionTable final : private TurnObserver {
 public:
  // `admission` (may be null) hears of each that leaves.
  ConnectionTable(EventLoop &loop, const NetLimits &limits, Admission *admission);
  ~ConnectionTable();
  ConnectionTable(const ConnectionTable &) = delete;
  ConnectionTable &operator=(const ConnectionTable &) = delete;

  // Takes over a connected, non-blocking socket that admission has counted.
  Connection &add(int descriptor, const PeerAddress &peer);
  // Null once it is being freed.
  [[nodiscard]] Connection *find(quint64 id) const;
  [[nodiscard]] qsizetype count() const { return m_count; }
  template <typename F>
  void forEach(F visit) {
    for (const Slot &slot : m_slots)
      if (slot.connection) visit(*slot.connection);
  }

  [[nodiscard]] EventLoop &loop() { return m_loop; }
  [[nodiscard]] const NetLimits &limits() const { return m_limits; }
  [[nodiscard]] Admission *admission() { return m_admission; }

  // Of Connection.
  static constexpr qsizetype kBufferBytes = 64 * 1024;
  [[nodiscard]] char *readBuffer() { return m_readBuffer.get(); }
  [[nodiscard]] char *sendBuffer() { return m_sendBuffer.get(); }
  void flushLater(Connection &connection);
  void bury(Connection &connection);
  void keepUntilTurnEnds(std::unique_ptr<ConnectionUser> user);
  [[nodiscard]] std::unique_ptr<SendQueue> borrowQueue();
  void returnQueue(std::unique_ptr<SendQueue> queue);

 private:
  static constexpr std::size_t kIdleQueues = 512;
  static constexpr qint64 kTrimBytes = 64 * qint64{1024} * 1024;
  struct Slot {
    std::unique_ptr<Connection> connection;
    quint32 generation = 1;
  };
  void turnEnded() override;
  void flushAll();
  void freeDead();
  void giveMemoryBack();

  EventLoop &m_loop;
  const NetLimits &m_limits;
  Admission *m_admission;
  std::vector<Slot> m_slots;
  std::vector<quint32> m_freeSlots;
  std::vector<Connection *> m_dirty;     // alive until freeDead()
  std::vector<Connection *> m_flushing;  // the dirty ones of before, while they are flushed
  std::vector<Connection *> m_dying;
  std::vector<std::unique_ptr<ConnectionUser>> m_oldUsers;
  std::vector<std::unique_ptr<SendQueue>> m_idleQueues;
  std::unique_ptr<char[]> m_readBuffer;
  std::unique_ptr<char[]> m_sendBuffer;
  qsizetype m_count = 0;
  qint64 m_unreadBytes = 0;  // that the dead took with them since memory was given back
};

}  // namespace gx::server::net
