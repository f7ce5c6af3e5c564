// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QPointer>
#include <algorithm>
#include <vector>

#include "core/base/clock.h"

namespace gx::test {

// Time that moves when told; timers fire inside advance(), in order of their time. One thread.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] WallTime wallNow() const override { return m_wall; }
  [[nodiscard]] SteadyTime steadyNow() const override { return m_steady; }
  void callAfter(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) override {
    m_timers.push_back({m_steady + delay, m_nextOrder++, context, std::move(call)});
  }

  void advance(std::chrono::milliseconds by) {
    const SteadyTime end = m_steady + by;
    for (;;) {
      const auto next = std::min_element(m_timers.begin(), m_timers.end(), [](const Timer &a, const Timer &b) {
        return a.due != b.due ? a.due < b.due : a.order < b.order;
      });
      if (next == m_timers.end() || next->due > end) break;
      Timer timer = std::move(*next);
      m_timers.erase(next);
      move(timer.due - m_steady);
      if (timer.context) timer.call();
    }
    move(end - m_steady);
  }
  // The wall clock is set by somebody; steady time does not notice.
  void jumpWall(std::chrono::milliseconds by) { m_wall += by; }
  [[nodiscard]] std::size_t pendingTimers() const { return m_timers.size(); }

 private:
  struct Timer {
    SteadyTime due;
    quint64 order;
    QPointer<QObject> context;
    std::function<void()> call;
  };
  void move(std::chrono::milliseconds by) {
    if (by.count() <= 0) return;
    m_wall += by;
    m_steady += by;
  }

  WallTime m_wall = fromMillis(1'750'000'000'000);
  SteadyTime m_steady{std::chrono::seconds(1000)};
  std::vector<Timer> m_timers;
  quint64 m_nextOrder = 0;
};

}  // namespace gx::test
