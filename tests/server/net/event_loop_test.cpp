// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/event_loop.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::server::net {
namespace {

using namespace std::chrono_literals;

class Pipe final : public EventSink {
 public:
  Pipe() { EXPECT_EQ(::pipe2(m_ends.data(), O_NONBLOCK | O_CLOEXEC), 0); }
  ~Pipe() {
    ::close(m_ends[0]);
    ::close(m_ends[1]);
  }
  void ready(quint32) override {
    char byte = 0;
    while (::read(m_ends[0], &byte, 1) == 1) ++bytes;
    ++calls;
  }
  void write() { EXPECT_EQ(::write(m_ends[1], "x", 1), 1); }
  [[nodiscard]] int readEnd() const { return m_ends[0]; }
  int bytes = 0;
  int calls = 0;

 private:
  std::array<int, 2> m_ends{};
};

class Counter final : public TurnObserver {
 public:
  explicit Counter(EventLoop &loop) : m_loop(loop) { m_loop.addObserver(*this); }
  ~Counter() { m_loop.removeObserver(*this); }
  void turnEnded() override {
    ++turns;
    if (turns < asksUntil) m_loop.requestTurn();
  }
  int turns = 0;
  int asksUntil = 0;

 private:
  EventLoop &m_loop;
};

TEST(EventLoop, ServesReadyDescriptorsThenEndsTheTurn) {
  SystemClock clock;
  EventLoop loop(clock);
  Counter observer(loop);
  Pipe pipe;
  loop.watch(pipe.readEnd(), EPOLLIN, pipe);

  pipe.write();
  pipe.write();
  test::waitUntil([&] { return pipe.bytes == 2; });

  EXPECT_EQ(pipe.calls, 1);
  EXPECT_GE(observer.turns, 1);
}

TEST(EventLoop, ForgottenDescriptorsAreSilent) {
  SystemClock clock;
  EventLoop loop(clock);
  Pipe forgotten;
  Pipe other;
  loop.watch(forgotten.readEnd(), EPOLLIN, forgotten);
  loop.watch(other.readEnd(), EPOLLIN, other);
  loop.forget(forgotten.readEnd());

  forgotten.write();
  other.write();
  test::waitUntil([&] { return other.bytes == 1; });

  EXPECT_EQ(forgotten.calls, 0);
}

TEST(EventLoop, RequestedTurnsAreGatheredIntoOne) {
  SystemClock clock;
  EventLoop loop(clock);
  Counter observer(loop);

  loop.requestTurn();
  loop.requestTurn();
  EXPECT_EQ(observer.turns, 0);
  test::waitUntil([&] { return observer.turns > 0; });

  EXPECT_EQ(observer.turns, 1);
}

TEST(EventLoop, WhatObserversStartBelongsToTheirTurnWithinReason) {
  SystemClock clock;
  EventLoop loop(clock);
  Counter observer(loop);
  observer.asksUntil = 20;

  int turnsBeforeOthers = 0;
  loop.requestTurn();
  QMetaObject::invokeMethod(&loop, [&] { turnsBeforeOthers = observer.turns; }, Qt::QueuedConnection);
  test::waitUntil([&] { return observer.turns == 20; });

  EXPECT_EQ(turnsBeforeOthers, 4);
}

TEST(EventLoop, PostedCallsRunInItsThread) {
  SystemClock clock;
  EventLoop loop(clock);
  int calls = 0;
  std::thread other([&] {
    EXPECT_FALSE(loop.isCurrentThread());
    for (int i = 0; i < 100; ++i)
      loop.post([&] {
        EXPECT_TRUE(loop.isCurrentThread());
        ++calls;
      });
  });

  test::waitUntil([&] { return calls == 100; });
  other.join();
}

TEST(EventLoop, DrivesTheTimerWheelByTheClock) {
  test::ManualClock clock;
  EventLoop loop(clock);
  std::vector<int> order;
  struct Mark {
    std::vector<int> &order;
    int number;
  };
  Mark late{order, 2};
  Mark soon{order, 1};
  const auto call = [](void *mark) { static_cast<Mark *>(mark)->order.push_back(static_cast<Mark *>(mark)->number); };
  WheelTimer second(call, &late);
  WheelTimer first(call, &soon);
  loop.startTimer(second, 25s);
  loop.startTimer(first, 100ms);

  clock.advance(99ms);
  EXPECT_TRUE(order.empty());
  clock.advance(20ms);
  EXPECT_EQ(order, std::vector<int>{1});
  clock.advance(25s);

  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace gx::server::net
