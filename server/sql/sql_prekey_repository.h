// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/prekey_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlPreKeyRepository final : public domain::PreKeyRepository {
 public:
  explicit SqlPreKeyRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<wire::KeyCount> upload(DeviceId device, wire::KeyUpload keys) override;
  [[nodiscard]] Async<wire::KeyCount> reset(DeviceId device, wire::KeyUpload keys) override;
  [[nodiscard]] Async<wire::KeyCount> count(DeviceId device) override;
  [[nodiscard]] Async<wire::KeyAudit> audit(DeviceId device) override;
  [[nodiscard]] Async<std::vector<domain::ClaimedBundle>> claim(UserId user, std::vector<DeviceId> devices) override;
  [[nodiscard]] Async<wire::UserDevices> activeDevices(UserId user) override;
  [[nodiscard]] Async<qint64> forgetClaimed(WallTime before) override;

 private:
  SqlStore &m_store;
};

}  // namespace gx::server::sql
