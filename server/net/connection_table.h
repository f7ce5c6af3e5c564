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
  ConnectionTable(EventLoop &loop, const NetLimits &limits, Admission *admission);
  ~ConnectionTable();
  ConnectionTable(const ConnectionTable &) = delete;
  ConnectionTable &operator=(const ConnectionTable &) = delete;

  // Takes over the socket, which was counted by admission. Null (and closed) when there is no room.
  Connection *add(int descriptor, const PeerAddress &peer);
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
  static constexpr qsizetype kScratchBytes = 64 * 1024;
  [[nodiscard]] char *readBuffer() { return m_readBuffer.get(); }
  [[nodiscard]] char *sendBuffer() { return m_sendBuffer.get(); }
  void flushLater(Connection &connection);
  void bury(Connection &connection);
  void keepUntilTurnEnds(std::unique_ptr<ConnectionUser> user);
  [[nodiscard]] SendQueue *borrowQueue(WheelTimer::Call stalled, void *owner);
  void returnQueue(SendQueue *queue);

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    quint32 generation = 1;
  };
  void turnEnded() override;
  void flushAll();
  void freeDead();

  EventLoop &m_loop;
  const NetLimits &m_limits;
  Admission *m_admission;
  std::vector<Slot> m_slots;
  std::vector<quint32> m_free;
  std::vector<quint64> m_dirty;
  std::vector<quint64> m_dying;
  std::vector<std::unique_ptr<ConnectionUser>> m_oldUsers;
  std::vector<std::unique_ptr<SendQueue>> m_queues;  // all there are
  std::vector<SendQueue *> m_idleQueues;
  std::unique_ptr<char[]> m_readBuffer;
  std::unique_ptr<char[]> m_sendBuffer;
  qsizetype m_count = 0;
};

}  // namespace gx::server::net
