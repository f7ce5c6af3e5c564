// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/event_loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QEvent>
#include <QThread>
#include <algorithm>
#include <array>

namespace gx::server::net {

namespace {

constexpr int kEventsPerTurn = 512;
constexpr int kRoundsPerTurn = 4;
constexpr int kTurnsPerWakeUp = 8;  // then timers, queued calls and other Qt events get their turn

QEvent::Type turnEvent() {
  static const auto type = static_cast<QEvent::Type>(QEvent::registerEventType());
  return type;
}

}  // namespace

EventLoop::EventLoop(Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_epoll(epoll_create1(EPOLL_CLOEXEC)), m_timers(clock.steadyNow()) {
  if (m_epoll < 0) qFatal("no epoll set: errno %d", errno);
  m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
  connect(m_notifier.get(), &QSocketNotifier::activated, this, &EventLoop::serve);
}

EventLoop::~EventLoop() {
  m_notifier.reset();
  ::close(m_epoll);
}

void EventLoop::watch(int descriptor, quint32 epollEvents, EventSink &sink) {
  epoll_event event{};
  event.events = epollEvents;
  event.data.ptr = &sink;
  epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void EventLoop::rewatch(int descriptor, quint32 epollEvents, EventSink &sink) {
  epoll_event event{};
  event.events = epollEvents;
  event.data.ptr = &sink;
  epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void EventLoop::forget(int descriptor) {
  epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
}

void EventLoop::addObserver(TurnObserver &observer) {
  m_observers.push_back(&observer);
}

void EventLoop::removeObserver(TurnObserver &observer) {
  std::erase(m_observers, &observer);
}

void EventLoop::requestTurn() {
  if (m_serving) {
    m_again = true;
    return;
  }
  if (m_turnRequested) return;
  m_turnRequested = true;
  QCoreApplication::postEvent(this, new QEvent(turnEvent()));
}

void EventLoop::startTimer(WheelTimer &timer, std::chrono::milliseconds after) {
  m_timers.setNow(now());
  timer.start(m_timers, after);
  armClock();
}

bool EventLoop::isCurrentThread() const {
  return QThread::currentThread() == thread();
}

bool EventLoop::event(QEvent *event) {
  if (event->type() != turnEvent()) return QObject::event(event);
  m_turnRequested = false;
  endTurn();
  return true;
}

void EventLoop::serve() {
  int events = kEventsPerTurn;
  for (int turns = 0; events == kEventsPerTurn && turns < kTurnsPerWakeUp; ++turns) {
    m_serving = true;
    events = takeEvents();
    endTurn();
  }
}

int EventLoop::takeEvents() {
  std::array<epoll_event, kEventsPerTurn> events;
  const int count = epoll_wait(m_epoll, events.data(), kEventsPerTurn, 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event &event = events[static_cast<std::size_t>(i)];
    static_cast<EventSink *>(event.data.ptr)->ready(event.events);
  }
  return count;
}

// What an observer starts for another one still belongs to this turn, within reason.
void EventLoop::endTurn() {
  m_serving = true;
  for (int round = 0; round == 0 || (m_again && round < kRoundsPerTurn); ++round) {
    m_again = false;
    for (std::size_t i = 0; i < m_observers.size(); ++i) m_observers[i]->turnEnded();
  }
  m_serving = false;
  if (m_again) requestTurn();
}

// The wheel asks the clock for one call, at the next moment it can have something to do.
void EventLoop::armClock() {
  const auto until = m_timers.untilNext(now());
  if (until.count() < 0) return;
  const SteadyTime at = now() + until;
  if (at >= m_armedFor) return;
  m_armedFor = at;
  m_clock.callAfter(until, this, [this, at] { clockFired(at); });
}

void EventLoop::clockFired(SteadyTime armedFor) {
  if (armedFor != m_armedFor) return;  // an earlier one was armed meanwhile, and armed again
  m_armedFor = SteadyTime::max();
  m_serving = true;
  m_timers.advance(now());
  endTurn();
  armClock();
}

}  // namespace gx::server::net
