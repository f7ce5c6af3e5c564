// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/async.h"
#include "core/base/call_queue.h"

namespace gx {

// One named thread that runs functions in order; the only hop between threads. Lives in the thread that made it, which
// needs a Qt event loop: there the waiting tasks go on. Destruction runs what is queued, then joins.
class Worker final {
 public:
  explicit Worker(QByteArray name);
  ~Worker();
  Worker(const Worker &) = delete;
  Worker &operator=(const Worker &) = delete;

  // Runs `function` on the worker's thread; the returned task ends in the caller's thread with its (non-void) value.
  template <typename F>
  [[nodiscard]] auto run(F function) -> QCoro::Task<std::invoke_result_t<F>> {
    return hop<std::invoke_result_t<F>>(
        this, std::function<std::invoke_result_t<F>()>(
                  [shared = std::make_shared<F>(std::move(function))] { return (*shared)(); }));
  }

  // Runs `job` on the worker's thread without an answer.
  void post(std::function<void()> job);

  [[nodiscard]] bool isCurrentThread() const { return std::this_thread::get_id() == m_thread.get_id(); }

 private:
  template <typename R>
  struct Hop {
    Worker *worker;
    std::function<R()> function;
    std::optional<R> value{};

    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
      worker->post([this, waiter] {
        value.emplace(function());
        worker->m_home->post([waiter] { waiter.resume(); });
      });
    }
    R await_resume() { return std::move(*value); }
  };

  template <typename R>
  static QCoro::Task<R> hop(Worker *worker, std::function<R()> function) {
    Hop<R> hopping{worker, std::move(function)};
    R value = co_await hopping;
    co_return value;
  }

  void loop();

  QByteArray m_name;
  std::unique_ptr<CallQueue> m_home;
  std::mutex m_mutex;
  std::condition_variable m_wake;
  std::deque<std::function<void()>> m_jobs;
  bool m_stopping = false;
  std::thread m_thread;
};

}  // namespace gx
