// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/account_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlAccountRepository final : public domain::AccountRepository {
 public:
  explicit SqlAccountRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<> create(domain::Account account, std::optional<QByteArray> inviteHash) override;
  [[nodiscard]] Async<domain::Account> find(QByteArray name) override;
  [[nodiscard]] Async<domain::Account> findById(UserId id) override;
  [[nodiscard]] Async<> changePassword(UserId id, QByteArray passwordHash) override;
  [[nodiscard]] Async<qint64> count() override;
  [[nodiscard]] Async<> addInvite(QByteArray inviteHash, int uses, WallTime expiresAt) override;

 private:
  [[nodiscard]] static Result<> spendInvite(SqlConnection &db, const QByteArray &hash, WallTime now);

  SqlStore &m_store;
};

}  // namespace gx::server::sql
