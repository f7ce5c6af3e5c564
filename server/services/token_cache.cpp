// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/token_cache.h"

#include <algorithm>
#include <vector>

namespace gx::server::services {

std::optional<domain::Principal> TokenCache::find(const QByteArray &hash, WallTime now) {
  const auto found = m_byHash.find(hash);
  if (found == m_byHash.end()) return std::nullopt;
  if (found->principal.expiresAt > now) return found->principal;
  m_byDevice.remove(found->principal.device, hash);
  m_byHash.erase(found);
  return std::nullopt;
}

void TokenCache::put(const QByteArray &hash, const domain::Principal &principal) {
  if (!m_byHash.contains(hash)) m_byDevice.insert(principal.device, hash);
  m_byHash.insert(hash, {principal, ++m_age});
  if (m_byHash.size() > m_limit) makeRoom();
}

void TokenCache::removeDevice(DeviceId device) {
  const QList<QByteArray> hashes = m_byDevice.values(device);
  for (const QByteArray &hash : hashes) m_byHash.remove(hash);
  m_byDevice.remove(device);
}

void TokenCache::setState(DeviceId device, wire::DeviceState state) {
  const QList<QByteArray> hashes = m_byDevice.values(device);
  for (const QByteArray &hash : hashes) m_byHash[hash].principal.state = state;
}

void TokenCache::makeRoom() {
  std::vector<quint64> ages;
  ages.reserve(std::size_t(m_byHash.size()));
  for (const Entry &entry : std::as_const(m_byHash)) ages.push_back(entry.age);
  const auto middle = ages.begin() + std::ptrdiff_t(ages.size() / 2);
  std::ranges::nth_element(ages, middle);
  const quint64 oldest = *middle;
  m_byHash.removeIf([&](QHash<QByteArray, Entry>::iterator it) {
    if (it->age >= oldest) return false;
    m_byDevice.remove(it->principal.device, it.key());
    return true;
  });
}

}  // namespace gx::server::services
