// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <chrono>
#include <functional>

namespace gx {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

// Milliseconds since 1970, as the wire and the stores carry them.
[[nodiscard]] inline qint64 toMillis(WallTime time) {
  return time.time_since_epoch().count();
}
[[nodiscard]] inline WallTime fromMillis(qint64 millis) {
  return WallTime(std::chrono::milliseconds(millis));
}

// The only source of time: wall time for people, steady time for intervals, and the only source of timers, so that
// tests can move all three. now() may be called from any thread; callAfter() from the thread of `context`.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime wallNow() const = 0;
  [[nodiscard]] virtual SteadyTime steadyNow() const = 0;
  // Calls once after `delay`, unless `context` died.
  virtual void callAfter(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wallNow() const override;
  [[nodiscard]] SteadyTime steadyNow() const override;
  void callAfter(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) override;
};

}  // namespace gx
