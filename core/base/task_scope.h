// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <coroutine>
#include <vector>

#include "core/base/async.h"

namespace gx {

// Counts the running tasks of one owner, so that the owner is deleted only after `co_await drained()`. Lives in the
// owner's thread.
class TaskScope final {
 public:
  TaskScope() = default;
  TaskScope(const TaskScope &) = delete;
  TaskScope &operator=(const TaskScope &) = delete;
  ~TaskScope();

  // Starts without waiting. The only way to do so (rule C7).
  template <typename T>
  void spawn(QCoro::Task<T> task) {
    ++m_running;
    watch(std::move(task));
  }

  // Counts a task that somebody awaits: `return m_scope.track(run());`. Its awaiter goes on after those of drained().
  template <typename T>
  [[nodiscard]] QCoro::Task<T> track(QCoro::Task<T> task) {
    ++m_running;
    return counted(std::move(task));
  }

  [[nodiscard]] int running() const { return m_running; }

  // Ends when no task runs any more. Owner's stop() first tells its tasks to end (stop tokens, closed sockets).
  [[nodiscard]] QCoro::Task<> drained();

 private:
  template <typename T>
  QCoro::Task<> watch(QCoro::Task<T> task) {
    if constexpr (std::is_void_v<T>)
      co_await task;
    else
      static_cast<void>(co_await task);
    finished();
  }
  template <typename T>
  QCoro::Task<T> counted(QCoro::Task<T> task) {
    T value = co_await task;
    finished();
    co_return value;
  }
  void finished();

  struct Empty {
    TaskScope &scope;
    bool await_ready() const { return scope.m_running == 0; }
    void await_suspend(std::coroutine_handle<> waiter) { scope.m_waiters.push_back(waiter); }
    void await_resume() const {}
  };

  int m_running = 0;
  std::vector<std::coroutine_handle<>> m_waiters;
};

}  // namespace gx
