// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <coroutine>
#include <functional>
#include <optional>

namespace gx::server::http {

// Awaits what a function hands to its callback, at once or later in the same thread: `T value = co_await waiting;`
template <typename T>
class CallbackResult final {
 public:
  using Callback = std::function<void(T)>;
  explicit CallbackResult(std::function<void(Callback)> start) : m_start(std::move(start)) {}
  CallbackResult(const CallbackResult &) = delete;
  CallbackResult &operator=(const CallbackResult &) = delete;

  [[nodiscard]] bool await_ready() {
    m_start([this](T value) { arrived(std::move(value)); });
    return m_value.has_value();
  }
  void await_suspend(std::coroutine_handle<> waiter) { m_waiter = waiter; }
  [[nodiscard]] T await_resume() { return std::move(*m_value); }

 private:
  void arrived(T value) {
    m_value.emplace(std::move(value));
    if (m_waiter) m_waiter.resume();
  }

  std::function<void(Callback)> m_start;
  std::optional<T> m_value;
  std::coroutine_handle<> m_waiter;
};

}  // namespace gx::server::http
