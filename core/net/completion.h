// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <coroutine>
#include <optional>
#include <utility>

namespace gx::net {

// A value that comes once, from a callback, to the one task that awaits it: `Result<X> x = co_await completion;`. Lives
// in the frame of that task. finish() goes on with the task at once, before it returns; later calls do nothing.
template <typename T>
class Completion final {
 public:
  Completion() = default;
  Completion(const Completion &) = delete;
  Completion &operator=(const Completion &) = delete;

  void finish(T value) {
    if (m_value) return;
    m_value.emplace(std::move(value));
    if (auto waiter = std::exchange(m_waiter, {})) waiter.resume();
  }
  [[nodiscard]] bool isFinished() const { return m_value.has_value(); }

  [[nodiscard]] bool await_ready() const { return m_value.has_value(); }
  void await_suspend(std::coroutine_handle<> waiter) { m_waiter = waiter; }
  T await_resume() { return std::move(*m_value); }

 private:
  std::optional<T> m_value;
  std::coroutine_handle<> m_waiter;
};

}  // namespace gx::net
