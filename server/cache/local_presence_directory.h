// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>

#include "server/domain/presence_directory.h"

namespace gx::server::cache {

// The directory of a relay that is alone. Remembers at most `limit` people; beyond it half of those offline are
// forgotten, longest first.
class LocalPresenceDirectory final : public domain::PresenceDirectory {
 public:
  explicit LocalPresenceDirectory(qsizetype limit = 100'000) : m_limit(limit) {}

  [[nodiscard]] Async<> put(domain::PresenceRecord record) override;
  [[nodiscard]] Async<std::vector<domain::PresenceRecord>> find(std::vector<UserId> users) override;
  [[nodiscard]] qsizetype size() const { return m_records.size(); }

 private:
  void makeRoom();

  qsizetype m_limit;
  QHash<UserId, domain::PresenceRecord> m_records;
};

}  // namespace gx::server::cache
