// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <chrono>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace gx::server::services {

// Slows guessing of one account's password from one address: five tries are free, then each failure doubles the wait,
// up to a quarter of an hour; never for good, and other addresses are not touched. Forgets after an hour without a
// failure. Bounded.
class GuessBrake final {
 public:
  explicit GuessBrake(Clock &clock) : m_clock(clock) {}

  // RateLimited with retryAfter while the wait lasts.
  [[nodiscard]] Result<> check(const QByteArray &key) const;
  // Noted before the password is looked at, so that tries side by side count; taken back where it was right.
  void failed(const QByteArray &key);
  // The try came to no end (no free hash): as if it had not been.
  void undo(const QByteArray &key);
  void succeeded(const QByteArray &key) { m_entries.remove(key); }
  [[nodiscard]] qsizetype size() const { return m_entries.size(); }

 private:
  struct Entry {
    int failures = 0;
    SteadyTime lastFailure{};
    SteadyTime openAt{};
  };
  void makeRoom();

  Clock &m_clock;
  QHash<QByteArray, Entry> m_entries;
};

}  // namespace gx::server::services
