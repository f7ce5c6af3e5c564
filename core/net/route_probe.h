// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QUrl>
#include <chrono>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/net/tls_policy.h"

namespace gx::net {

// The steps below HTTP, one by one, for ConnectionCheck. Each answer is a line for developers.
class RouteProbe final {
 public:
  static constexpr std::chrono::milliseconds kPatience{10'000};

  RouteProbe(Clock &clock, TlsPolicy policy, QUrl url);

  // True when a proxy will look up the name.
  [[nodiscard]] bool isProxied() const;
  [[nodiscard]] Async<QByteArray> lookUp(std::stop_token stop) const;
  [[nodiscard]] Async<QByteArray> reach(std::stop_token stop, std::chrono::milliseconds patience = kPatience) const;
  [[nodiscard]] Async<QByteArray> shakeHands(std::stop_token stop) const;

 private:
  [[nodiscard]] int port() const;

  Clock &m_clock;
  TlsPolicy m_policy;
  QUrl m_url;
};

}  // namespace gx::net
