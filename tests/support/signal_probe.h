// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <tuple>
#include <vector>

#include "tests/support/await.h"

namespace gx::test {

// Collects what a signal says: `SignalProbe<int> probe(&object, &Class::changed); … probe.waitFor(2);`
template <typename... Args>
class SignalProbe final {
 public:
  template <typename Sender, typename Signal>
  SignalProbe(const Sender *sender, Signal signal) {
    QObject::connect(sender, signal, &m_context, [this](const Args &...args) { m_calls.emplace_back(args...); });
  }
  bool waitFor(std::size_t count, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    return waitUntil([&] { return m_calls.size() >= count; }, limit);
  }
  [[nodiscard]] std::size_t count() const { return m_calls.size(); }
  [[nodiscard]] const std::tuple<Args...> &at(std::size_t i) const { return m_calls.at(i); }
  template <std::size_t N = 0>
  [[nodiscard]] const auto &value(std::size_t i = 0) const {
    return std::get<N>(m_calls.at(i));
  }

 private:
  QObject m_context;
  std::vector<std::tuple<Args...>> m_calls;
};

}  // namespace gx::test
