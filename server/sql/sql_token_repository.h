// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/token_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlTokenRepository final : public domain::TokenRepository {
 public:
  explicit SqlTokenRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<std::vector<DeviceId>> start(domain::Device device, domain::AccessRecord access,
                                                   domain::RefreshRecord refresh) override;
  [[nodiscard]] Async<domain::Principal> findAccess(QByteArray hash) override;
  [[nodiscard]] Async<domain::RefreshOwner> findRefresh(QByteArray hash) override;
  [[nodiscard]] Async<QByteArray> rotate(domain::RefreshRotation rotation) override;
  [[nodiscard]] Async<> endSession(DeviceId device) override;
  [[nodiscard]] Async<qint64> removeExpired(WallTime now) override;

 private:
  using Answer = Result<QByteArray>;
  [[nodiscard]] static Result<std::vector<DeviceId>> dropOldestPending(SqlConnection &db, const UserId &user);
  [[nodiscard]] static Result<> insertTokens(SqlConnection &db, DeviceId device, const domain::AccessRecord &access,
                                             const domain::RefreshRecord &refresh);
  [[nodiscard]] static Result<Answer> rotateNow(SqlConnection &db, const domain::RefreshRotation &rotation);
  [[nodiscard]] static Result<Answer> answerSpent(SqlConnection &db, const domain::RefreshRotation &rotation,
                                                  const SqlQuery &row);
  [[nodiscard]] static Result<Answer> spend(SqlConnection &db, const domain::RefreshRotation &rotation,
                                            DeviceId device);

  SqlStore &m_store;
};

}  // namespace gx::server::sql
