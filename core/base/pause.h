// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <chrono>
#include <coroutine>

#include "core/base/async.h"
#include "core/base/clock.h"

namespace gx {

// A sleep that can be cut short: `bool slept = co_await m_pause.wait(2s);` ends after the time (true) or at wake()
// (false). One waiter at a time. A wake() with nobody waiting is remembered and ends the next wait at once.
class Pause final {
 public:
  explicit Pause(Clock &clock);
  ~Pause();
  Pause(const Pause &) = delete;
  Pause &operator=(const Pause &) = delete;

  [[nodiscard]] QCoro::Task<bool> wait(std::chrono::milliseconds delay);
  // Waits for wake() alone.
  [[nodiscard]] QCoro::Task<> waitForWake();
  void wake();

 private:
  struct Waiting {
    Pause &pause;
    bool await_ready() const { return pause.m_woken; }
    void await_suspend(std::coroutine_handle<> waiter) { pause.m_waiter = waiter; }
    void await_resume() const {}
  };
  void resume();

  Clock &m_clock;
  QObject m_context;
  std::coroutine_handle<> m_waiter;
  quint64 m_round = 0;  // a timer of an earlier round does nothing
  bool m_woken = false;
};

}  // namespace gx
