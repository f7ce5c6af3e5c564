// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <array>

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

  // For an owner whose address is known only later.
  void setOwner(void *owner) { m_owner = owner; }
  // Restarts if it runs. Fires up to one tick (8 ms) late, never early. Use EventLoop::startTimer, which sees to the
  // clock.
  void start(TimerWheel &wheel, std::chrono::milliseconds after);
  void stop();
  [[nodiscard]] bool isRunning() const { return m_next != nullptr; }

 private:
  friend class TimerWheel;
  WheelTimer() : WheelTimer(nullptr, nullptr) {}  // head of a list

  WheelTimer *m_next = nullptr;
  WheelTimer *m_previous = nullptr;
  Call m_call;
  void *m_owner;
  TimerWheel *m_wheel = nullptr;
  quint64 m_due = 0;  // in ticks
};

// All time-outs of one worker: four wheels of 64 slots, the finest of 8 ms. Lives in the worker's thread; driven by its
// EventLoop.
class TimerWheel final {
 public:
  static constexpr std::chrono::milliseconds kTick{8};

  explicit TimerWheel(SteadyTime now);
  ~TimerWheel();
  TimerWheel(const TimerWheel &) = delete;
  TimerWheel &operator=(const TimerWheel &) = delete;

  // What timers started from now on count from.
  void setNow(SteadyTime now);
  // Fires what is due, in order of time. A timer started meanwhile fires a tick later at the earliest.
  void advance(SteadyTime now);
  // How long until advance() can have something to do (it may turn out to be nothing); negative when no timer runs.
  [[nodiscard]] std::chrono::milliseconds untilNext(SteadyTime now) const;
  [[nodiscard]] qsizetype count() const { return m_count; }

 private:
  friend class WheelTimer;
  static constexpr int kLevels = 4;
  static constexpr int kSlotBits = 6;
  static constexpr int kSlots = 1 << kSlotBits;
  struct Place {
    int level;
    int slot;
  };

  [[nodiscard]] quint64 ticksUntil(std::chrono::milliseconds after) const;
  [[nodiscard]] Place placeOf(quint64 due) const;
  void insert(WheelTimer &timer);
  void remove(WheelTimer &timer);
  void cascade(int level);
  void fire(int slot);
  static void takeAll(WheelTimer &head, WheelTimer &into);

  SteadyTime m_start;
  SteadyTime m_now;
  quint64 m_tick = 0;  // the last tick that was served
  qsizetype m_count = 0;
  std::array<std::array<WheelTimer, kSlots>, kLevels> m_slots{};  // heads of rings
  std::array<quint64, kLevels> m_used{};                          // a bit for each slot that may hold something
};

}  // namespace gx::server::net
