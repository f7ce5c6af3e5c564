// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/call_queue.h"
#include "core/base/clock.h"
#include "server/net/timer_wheel.h"

namespace gx::server::net {

// Hears that its descriptor is ready. May be called once more in the turn in which it was forgotten: objects are freed
// at its end.
class EventSink {
 public:
  virtual void ready(quint32 epollEvents) = 0;

 protected:
  ~EventSink() = default;
};

// Does once a turn what gathered during it: a batch for storage, the sends of all connections. Called in order of
// registration.
class TurnObserver {
 public:
  virtual void turnEnded() = 0;

 protected:
  ~TurnObserver() = default;
};

// One network worker: an epoll set whose own descriptor is watched by a single QSocketNotifier in the Qt event loop of
// the thread this object lives in, because Qt's dispatchers poll every socket they know each turn (PERFORMANCE.md). All
// sockets of a worker, and all their objects, belong to its thread.
class EventLoop final : public QObject {
  Q_OBJECT
 public:
  explicit EventLoop(Clock &clock, QObject *parent = nullptr);
  ~EventLoop() override;

  void watch(int descriptor, quint32 epollEvents, EventSink &sink);
  void rewatch(int descriptor, quint32 epollEvents, EventSink &sink);
  void forget(int descriptor);

  void addObserver(TurnObserver &observer);
  void removeObserver(TurnObserver &observer);
  // The observers will be called soon: at the end of the turn that runs, else in a turn of its own (for work that began
  // in a resumed coroutine or another Qt event). Cheap to call often.
  void requestTurn();

  [[nodiscard]] TimerWheel &timers() { return m_timers; }
  void startTimer(WheelTimer &timer, std::chrono::milliseconds after);
  [[nodiscard]] SteadyTime now() const { return m_clock.steadyNow(); }
  [[nodiscard]] Clock &clock() { return m_clock; }

  // From any thread: runs `call` in this worker's thread, with one wake-up for all that gathered.
  void post(std::function<void()> call) { m_calls.post(std::move(call)); }
  [[nodiscard]] bool isCurrentThread() const;

 protected:
  bool event(QEvent *event) override;

 private:
  void serve();
  int takeEvents();
  void endTurn();
  void armClock();
  void clockFired(SteadyTime armedFor);

  Clock &m_clock;
  int m_epoll;
  std::unique_ptr<QSocketNotifier> m_notifier;
  TimerWheel m_timers;
  CallQueue m_calls;
  std::vector<TurnObserver *> m_observers;
  SteadyTime m_armedFor = SteadyTime::max();
  bool m_serving = false;  // a turn runs that will end by itself
  bool m_turnRequested = false;
  bool m_again = false;  // asked for while one ran
};

}  // namespace gx::server::net
