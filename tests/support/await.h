// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QCoroTask>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace gx::test {

// Runs the event loop until `done` says so. False (and a test failure) when `limit` passes first: fails instead of
// hanging.
inline bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  QElapsedTimer timer;
  timer.start();
  // `done` may look at what no event tells of, such as a socket of the test's own. Sleeps in between: the two cores are
  // for the programs under test.
  QTimer tick;
  tick.setTimerType(Qt::PreciseTimer);
  tick.start(std::chrono::milliseconds(1));
  while (!done()) {
    if (timer.elapsed() > limit.count()) {
      ADD_FAILURE() << "not done within " << limit.count() << " ms";
      return false;
    }
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
  }
  return true;
}

namespace detail {
template <typename T>
QCoro::Task<> keep(QCoro::Task<T> task, std::shared_ptr<std::optional<T>> into) {
  T value = co_await task;
  into->emplace(std::move(value));
}
}  // namespace detail

// The value of a task. The test ends with an exception-free abort if it never comes: there is no value to go on with.
template <typename T>
T await(QCoro::Task<T> task, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  auto value = std::make_shared<std::optional<T>>();
  detail::keep<T>(std::move(task), value);
  if (!waitUntil([&] { return value->has_value(); }, limit)) std::abort();
  return std::move(**value);
}

namespace detail {
inline QCoro::Task<bool> done(QCoro::Task<> task) {
  co_await task;
  co_return true;
}
}  // namespace detail

inline void await(QCoro::Task<> task, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  static_cast<void>(await(detail::done(std::move(task)), limit));
}

}  // namespace gx::test
