// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/guess_brake.h"

#include <algorithm>

namespace gx::server::services {

namespace {

constexpr int kFreeTries = 5;
constexpr std::chrono::seconds kFirstWait{1};
constexpr std::chrono::seconds kLongestWait{15 * 60};
constexpr std::chrono::hours kMemory{1};
constexpr qsizetype kMostEntries = 100'000;

std::chrono::seconds waitAfter(int failures) {
  if (failures <= kFreeTries) return std::chrono::seconds(0);
  const int doublings = std::min(failures - kFreeTries - 1, 12);
  return std::min(kFirstWait * (1 << doublings), kLongestWait);
}

}  // namespace

Result<> GuessBrake::check(const QByteArray &key) const {
  const auto entry = m_entries.constFind(key);
  const SteadyTime now = m_clock.steadyNow();
  if (entry == m_entries.cend() || now >= entry->openAt) return {};
  Error error{ErrorKind::RateLimited, "too many wrong passwords", "rate_limited"};
  error.retryAfter = entry->openAt - now;
  return fail(error);
}

void GuessBrake::failed(const QByteArray &key) {
  const SteadyTime now = m_clock.steadyNow();
  Entry &entry = m_entries[key];
  if (now - entry.lastFailure > kMemory) entry.failures = 0;
  entry.lastFailure = now;
  entry.openAt = now + waitAfter(++entry.failures);
  if (m_entries.size() > kMostEntries) makeRoom();
}

void GuessBrake::undo(const QByteArray &key) {
  const auto entry = m_entries.find(key);
  if (entry == m_entries.end()) return;
  if (--entry->failures <= 0) m_entries.erase(entry);
}

void GuessBrake::makeRoom() {
  const SteadyTime now = m_clock.steadyNow();
  m_entries.removeIf([now](QHash<QByteArray, Entry>::iterator it) { return now - it->lastFailure > kMemory; });
  if (m_entries.size() > kMostEntries) m_entries.clear();
}

}  // namespace gx::server::services
