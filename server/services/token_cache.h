// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <optional>

#include "server/domain/principal.h"

namespace gx::server::services {

// Access tokens seen lately, by hash, so that a request costs no query. Bounded: beyond the limit the oldest half goes.
class TokenCache final {
 public:
  explicit TokenCache(qsizetype limit = 200'000) : m_limit(limit) {}

  [[nodiscard]] std::optional<domain::Principal> find(const QByteArray &hash, WallTime now);
  void put(const QByteArray &hash, const domain::Principal &principal);
  void removeDevice(DeviceId device);
  void setState(DeviceId device, wire::DeviceState state);
  [[nodiscard]] qsizetype size() const { return m_byHash.size(); }

 private:
  void makeRoom();

  qsizetype m_limit;
  quint64 m_age = 0;
  struct Entry {
    domain::Principal principal;
    quint64 age = 0;
  };
  QHash<QByteArray, Entry> m_byHash;
  QMultiHash<DeviceId, QByteArray> m_byDevice;
};

}  // namespace gx::server::services
