// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_presence_directory.h"

#include <algorithm>

namespace gx::server::cache {

Async<> LocalPresenceDirectory::put(domain::PresenceRecord record) {
  m_records.insert(record.user, record);
  if (m_records.size() > m_limit) makeRoom();
  co_return Result<>{};
}

Async<std::vector<domain::PresenceRecord>> LocalPresenceDirectory::find(std::vector<UserId> users) {
  std::vector<domain::PresenceRecord> found;
  found.reserve(users.size());
  for (const UserId &user : users) {
    const domain::PresenceRecord never{user, wire::PresenceState::Offline, WallTime{}};
    found.push_back(m_records.value(user, never));
  }
  co_return found;
}

void LocalPresenceDirectory::makeRoom() {
  std::vector<domain::PresenceRecord> offline;
  for (const auto &record : std::as_const(m_records))
    if (record.state == wire::PresenceState::Offline) offline.push_back(record);
  const auto middle = offline.begin() + std::ptrdiff_t((offline.size() + 1) / 2);
  std::ranges::nth_element(offline, middle, {}, &domain::PresenceRecord::since);
  for (auto it = offline.begin(); it != middle; ++it) m_records.remove(it->user);
}

}  // namespace gx::server::cache
