// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/pause.h"

#include <utility>

namespace gx {

Pause::Pause(Clock &clock) : m_clock(clock) {}

Pause::~Pause() {
  Q_ASSERT_X(!m_waiter, "Pause", "deleted while a task waits");
}

QCoro::Task<bool> Pause::wait(std::chrono::milliseconds delay) {
  Q_ASSERT(!m_waiter);
  const quint64 round = ++m_round;
  if (!m_woken) {
    m_clock.callAfter(delay, &m_context, [this, round] {
      if (round == m_round) resume();
    });
  }
  Waiting waiting{*this};
  co_await waiting;
  ++m_round;
  co_return !std::exchange(m_woken, false);
}

QCoro::Task<> Pause::waitForWake() {
  Q_ASSERT(!m_waiter);
  Waiting waiting{*this};
  co_await waiting;
  m_woken = false;
}

void Pause::wake() {
  m_woken = true;
  resume();
}

void Pause::resume() {
  if (auto waiter = std::exchange(m_waiter, {})) waiter.resume();
}

}  // namespace gx
