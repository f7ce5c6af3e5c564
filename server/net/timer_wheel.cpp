// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/timer_wheel.h"

#include <QtGlobal>
#include <algorithm>
#include <bit>

namespace gx::server::net {

void WheelTimer::start(TimerWheel &wheel, std::chrono::milliseconds after) {
  stop();
  m_wheel = &wheel;
  m_due = wheel.ticksUntil(after);
  wheel.insert(*this);
}

void WheelTimer::stop() {
  if (isRunning()) m_wheel->remove(*this);
}

TimerWheel::TimerWheel(SteadyTime now) : m_start(now), m_now(now) {
  for (auto &level : m_slots)
    for (WheelTimer &head : level) head.m_next = head.m_previous = &head;
}

TimerWheel::~TimerWheel() {
  for (auto &level : m_slots) {
    for (WheelTimer &head : level) {
      while (head.m_next != &head) remove(*head.m_next);
      head.m_next = nullptr;
    }
  }
}

void TimerWheel::setNow(SteadyTime now) {
  if (now > m_now) m_now = now;
}

quint64 TimerWheel::ticksUntil(std::chrono::milliseconds after) const {
  const auto due = m_now - m_start + std::max(after, std::chrono::milliseconds(0));
  const auto tick = static_cast<quint64>((due + kTick - std::chrono::milliseconds(1)) / kTick);
  return std::max(tick, m_tick + 1);
}

// Where a timer belongs now: on the first wheel whose turn has room for it. What lies beyond the last waits in its
// farthest slot.
TimerWheel::Place TimerWheel::placeOf(quint64 due) const {
  const quint64 ahead = due - m_tick;
  for (int level = 0; level < kLevels; ++level)
    if (ahead < (quint64{1} << (kSlotBits * (level + 1))) || level == kLevels - 1) {
      const quint64 farthest = m_tick + (quint64{1} << (kSlotBits * kLevels)) - 1;
      return {level, static_cast<int>((std::min(due, farthest) >> (kSlotBits * level)) & (kSlots - 1))};
    }
  Q_UNREACHABLE();
}

void TimerWheel::insert(WheelTimer &timer) {
  const Place place = placeOf(timer.m_due);
  WheelTimer &head = m_slots[place.level][place.slot];
  timer.m_previous = head.m_previous;
  timer.m_next = &head;
  head.m_previous->m_next = &timer;
  head.m_previous = &timer;
  m_used[place.level] |= quint64{1} << place.slot;
  ++m_count;
}

void TimerWheel::remove(WheelTimer &timer) {
  timer.m_previous->m_next = timer.m_next;
  timer.m_next->m_previous = timer.m_previous;
  timer.m_next = timer.m_previous = nullptr;
  --m_count;
}

void TimerWheel::advance(SteadyTime now) {
  setNow(now);
  const auto target = static_cast<quint64>((m_now - m_start) / kTick);
  while (m_tick < target) {
    if (m_count == 0) {
      m_tick = target;
      m_used = {};
      return;
    }
    ++m_tick;
    for (int level = 1; level < kLevels && (m_tick & ((quint64{1} << (kSlotBits * level)) - 1)) == 0; ++level)
      cascade(level);
    fire(static_cast<int>(m_tick & (kSlots - 1)));
  }
}

// A turn of the finer wheel is over: the timers of the coarse slot that begins now move down.
void TimerWheel::cascade(int level) {
  const int slot = static_cast<int>((m_tick >> (kSlotBits * level)) & (kSlots - 1));
  WheelTimer &head = m_slots[level][slot];
  WheelTimer moved(nullptr, nullptr);
  takeAll(head, moved);
  m_used[level] &= ~(quint64{1} << slot);
  while (moved.m_next != &moved) {
    WheelTimer &timer = *moved.m_next;
    remove(timer);
    insert(timer);
  }
  moved.m_next = nullptr;
}

void TimerWheel::fire(int slot) {
  WheelTimer due(nullptr, nullptr);
  takeAll(m_slots[0][slot], due);
  m_used[0] &= ~(quint64{1} << slot);
  while (due.m_next != &due) {  // a call may stop timers that are due too: they leave this list by themselves
    WheelTimer &timer = *due.m_next;
    remove(timer);
    if (timer.m_due > m_tick)
      insert(timer);  // beyond the last wheel's reach
    else
      timer.m_call(timer.m_owner);
  }
  due.m_next = nullptr;
}

void TimerWheel::takeAll(WheelTimer &head, WheelTimer &into) {
  into.m_next = into.m_previous = &into;
  if (head.m_next == &head) return;
  into.m_next = head.m_next;
  into.m_previous = head.m_previous;
  into.m_next->m_previous = &into;
  into.m_previous->m_next = &into;
  head.m_next = head.m_previous = &head;
}

std::chrono::milliseconds TimerWheel::untilNext(SteadyTime now) const {
  if (m_count == 0) return std::chrono::milliseconds(-1);
  quint64 next = m_tick + (quint64{1} << (kSlotBits * kLevels));
  for (int level = 0; level < kLevels; ++level) {
    if (m_used[level] == 0) continue;
    const int current = static_cast<int>((m_tick >> (kSlotBits * level)) & (kSlots - 1));
    const quint64 fromNext = std::rotr(m_used[level], (current + 1) & (kSlots - 1));
    const auto distance = static_cast<quint64>(std::countr_zero(fromNext)) + 1;
    next = std::min(next, ((m_tick >> (kSlotBits * level)) + distance) << (kSlotBits * level));
  }
  const auto at = m_start + kTick * static_cast<qint64>(next);
  return std::max(std::chrono::milliseconds(0), std::chrono::milliseconds(at - now));
}

}  // namespace gx::server::net
