// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/device_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlDeviceRepository final : public domain::DeviceRepository {
 public:
  explicit SqlDeviceRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<domain::Device> find(DeviceId id) override;
  [[nodiscard]] Async<std::vector<domain::Device>> list(UserId user) override;
  [[nodiscard]] Async<> removePending(UserId user, DeviceId id) override;
  [[nodiscard]] Async<bool> noteSeen(DeviceId id, qint64 day, std::optional<domain::BootState> boot) override;
  [[nodiscard]] Async<std::vector<DeviceId>> expirePending(WallTime before) override;

 private:
  SqlStore &m_store;
};

}  // namespace gx::server::sql
