// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/farewells.h"

#include <algorithm>

namespace gx::server::realtime {

Farewells::Farewells(net::EventLoop &loop, Limits limits)
    : m_loop(loop), m_limits(limits), m_timer([](void *self) { static_cast<Farewells *>(self)->forgetOld(); }, this) {}

void Farewells::keep(QByteArray sid, PollQueue words) {
  m_bytes += words.bytes();
  m_entries.push_back({std::move(sid), std::move(words), m_loop.now() + m_limits.keepFor});
  forgetOld();
}

bool Farewells::answer(const QByteArray &sid, const PollReply &reply) {
  const auto entry = std::ranges::find_if(m_entries, [&](const Entry &e) { return e.sid == sid; });
  if (entry == m_entries.end()) return false;
  m_bytes -= entry->words.bytes();
  reply.send(entry->words.takePayload(m_limits.pollBytes));
  m_bytes += entry->words.bytes();
  if (entry->words.isEmpty()) m_entries.erase(entry);
  return true;
}

bool Farewells::holds(const QByteArray &sid) const {
  return std::ranges::any_of(m_entries, [&](const Entry &e) { return e.sid == sid; });
}

void Farewells::forgetOld() {
  const auto isTooMuch = [this] { return std::ssize(m_entries) > m_limits.sessions || m_bytes > m_limits.bytes; };
  while (!m_entries.empty() && (m_entries.front().until <= m_loop.now() || isTooMuch())) {
    m_bytes -= m_entries.front().words.bytes();
    m_entries.pop_front();
  }
  if (!m_entries.empty() && !m_timer.isRunning()) m_loop.startTimer(m_timer, m_limits.keepFor);
}

}  // namespace gx::server::realtime
