// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <array>
#include <cstdint>

#include "core/base/clock.h"

namespace gx::server::net {

class TimerWheel;

// A time-out that is part of the object it wakes: no allocation, stopped by its destructor. Fires once per start().
class WheelTimer final {
 public:
  using Call = void (*)(void *owner);

  WheelTimer(Call call, void *owner) : m_call(call), m_owner(owner) {}
  ~WheelTimer() { stop(); }
  WheelTimer(const WheelTimer &) = delete;
  WheelTimer &operator=(const WheelTimer &) = delete;

  // Restarts if it runs. Fires up to one tick (8 ms) late, never early.
  void start(TimerWheel &wheel, std::chrono::milliseconds after);
  void stop();
  [[nodiscard]] bool isRunning() const { return m_next != nullptr; }

 private:
  friend class TimerWheel;

  WheelTimer *m_next = nullptr;
  WheelTimer *m_previous = nullptr;
  Call m_call;
  void *m_owner;
  TimerWheel *m_wheel = nullptr;
  quint64 m_due = 0;  // in ticks
};

// All time-outs of one worker: four wheels of 64 slots. Lives in the worker's thread; driven by its EventLoop.
class TimerWheel final {
 public:
  static constexpr std::chrono::milliseconds kTick{8};

  explicit TimerWheel(SteadyTime now);
  ~TimerWheel();
  TimerWheel(const TimerWheel &) = delete;
  TimerWheel &operator=(const TimerWheel &) = delete;

  // Fires what is due. A timer started meanwhile fires at the next call at the earliest.
  void advance(SteadyTime now);
  // How long until advance() can have something to do; negative when no timer runs.
  [[nodiscard]] std::chrono::milliseconds untilNext(SteadyTime now) const;
  [[nodiscard]] qsizetype count() const { return m_count; }

 private:
  friend class WheelTimer;

  static constexpr int kLevels = 4;
  static constexpr int kSlotBits = 6;
  static constexpr int kSlots = 1 << kSlotBits;

  struct Slot {
    WheelTimer *first = nullptr;
  };
  void insert(WheelTimer &timer);
  void remove(WheelTimer &timer);
  void cascade(int level);
  void fireSlot(Slot &slot);
  [[nodiscard]] Slot &slotOf(const WheelTimer &timer, int &level, int &index);

  SteadyTime m_start;
  quint64 m_tick = 0;  // the last tick that was served
  qsizetype m_count = 0;
  std::array<std::array<Slot, kSlots>, kLevels> m_slots{};
  std::array<quint64, kLevels> m_used{};  // one bit a slot
};

}  // namespace gx::server::net
