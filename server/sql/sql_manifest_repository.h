// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/manifest_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlManifestRepository final : public domain::ManifestRepository {
 public:
  explicit SqlManifestRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<std::vector<wire::ManifestEntry>> entries(UserId user, qint64 after, int limit) override;
  [[nodiscard]] Async<std::vector<DeviceId>> append(domain::ManifestAct act) override;

 private:
  struct Tip {
    qint64 chain = 0;  // 0: none yet
    qint64 version = 0;
    QByteArray hash;
  };
  [[nodiscard]] static Result<Tip> tip(SqlConnection &db, const UserId &user);
  [[nodiscard]] static Result<qint64> chainFor(SqlConnection &db, const domain::ManifestAct &act);
  [[nodiscard]] static Result<> insert(SqlConnection &db, const domain::ManifestAct &act, qint64 chain);
  [[nodiscard]] static Result<std::vector<DeviceId>> add(SqlConnection &db, MailboxBook &book,
                                                         const domain::ManifestAct &act);
  [[nodiscard]] static Result<std::vector<DeviceId>> remove(SqlConnection &db, MailboxBook &book,
                                                            const domain::ManifestAct &act);

  SqlStore &m_store;
};

}  // namespace gx::server::sql
