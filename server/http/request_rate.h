// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "server/domain/principal.h"
#include "server/net/peer_address.h"

namespace gx::server::http {

// How many REST requests one device, or one address without a valid token, may make: a token bucket each, in this
// process alone. Beside it each service has limits of its own (domain::RateLimiter). Bounded.
class RequestRate final {
 public:
  // `scale` multiplies what is allowed.
  explicit RequestRate(Clock &clock, double scale = 1) : m_clock(clock), m_scale(scale) {}

  // RateLimited with the time to come back.
  [[nodiscard]] Result<> takeFor(DeviceId device);
  [[nodiscard]] Result<> takeFor(const net::PeerAddress &stranger);

 private:
  // Generic cell rate: a bucket is the moment at which it is full again.
  template <typename Key>
  [[nodiscard]] Result<> take(QHash<Key, SteadyTime> &buckets, const Key &key);

  Clock &m_clock;
  double m_scale;
  QHash<DeviceId, SteadyTime> m_devices;
  QHash<QByteArray, SteadyTime> m_addresses;
};

}  // namespace gx::server::http
