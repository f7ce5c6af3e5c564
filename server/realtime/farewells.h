// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <deque>

#include "server/net/event_loop.h"
#include "server/net/timer_wheel.h"
#include "server/realtime/poll_queue.h"
#include "server/realtime/poll_reply.h"

namespace gx::server::realtime {

// The last words of polling sessions that the relay ended while no poll waited: kept until the client asks, or for a
// while. Bounded in number and bytes; the oldest go first.
class Farewells final {
 public:
  struct Limits {
    std::chrono::milliseconds keepFor{};
    qint64 pollBytes = 0;  // of one answer
    qsizetype sessions = 1000;
    qint64 bytes = 32LL * 1024 * 1024;
  };
  Farewells(net::EventLoop &loop, Limits limits);

  // `words` ends with what closes the session for the client.
  void keep(QByteArray sid, PollQueue words);
  // Answers a poll of an ended session with what is left for it. False when nothing is.
  [[nodiscard]] bool answer(const QByteArray &sid, const PollReply &reply);
  [[nodiscard]] bool holds(const QByteArray &sid) const;

 private:
  struct Entry {
    QByteArray sid;
    PollQueue words;
    SteadyTime until{};
  };
  void forgetOld();

  net::EventLoop &m_loop;
  Limits m_limits;
  std::deque<Entry> m_entries;  // oldest first
  qint64 m_bytes = 0;
  net::WheelTimer m_timer;
};

}  // namespace gx::server::realtime
