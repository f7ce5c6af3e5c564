// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/model/device_address.h"
#include "core/store/database.h"

namespace gx::store {

struct DeviceReceiptRow {
  model::DeviceAddress device;
  std::optional<WallTime> deliveredAt{};
  std::optional<WallTime> readAt{};

  bool operator==(const DeviceReceiptRow &) const = default;
};

// Which devices said that they have a message of ours, and that it was read. Only grows; read includes delivered.
class DeviceReceiptStore final {
 public:
  explicit DeviceReceiptStore(Database &database) : m_database(database) {}

  // Repetitions and steps back change nothing.
  [[nodiscard]] Result<> mark(qint64 message, const model::DeviceAddress &device, bool isRead, WallTime when);
  [[nodiscard]] Result<std::vector<DeviceReceiptRow>> of(qint64 message);

 private:
  Database &m_database;
};

}  // namespace gx::store
