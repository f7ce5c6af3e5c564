// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/device_receipt_store.h"

namespace gx::store {

Result<> DeviceReceiptStore::mark(qint64 message, const model::DeviceAddress &device, bool isRead, WallTime when) {
  const auto put = m_database
                       .statement(
                           "INSERT OR IGNORE INTO device_receipt(message, user, device, delivered_at) "
                           "VALUES (:message, :user, :device, :when)")
                       .bind(":message", message)
                       .bind(":user", device.user)
                       .bind(":device", device.device)
                       .bind(":when", when)
                       .run();
  if (!put || !isRead) return put;
  return m_database
      .statement(
          "UPDATE device_receipt SET read_at = :when "
          "WHERE message = :message AND user = :user AND device = :device AND read_at IS NULL")
      .bind(":message", message)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .bind(":when", when)
      .run();
}

Result<std::vector<DeviceReceiptRow>> DeviceReceiptStore::of(qint64 message) {
  return m_database
      .statement(
          "SELECT user, device, delivered_at, read_at FROM device_receipt WHERE message = :message ORDER BY user, "
          "device")
      .bind(":message", message)
      .all([](const Statement &row) {
        return DeviceReceiptRow{{row.id<UserId>(0), row.device(1)}, row.optionalTime(2), row.optionalTime(3)};
      });
}

}  // namespace gx::store
