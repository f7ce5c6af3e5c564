// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_device_repository.h"

#include <algorithm>

#include "server/sql/device_rows.h"

namespace gx::server::sql {

Async<domain::Device> SqlDeviceRepository::find(DeviceId id) {
  return m_store.read([id](SqlConnection &db) { return findDevice(db, id); });
}

Async<std::vector<domain::Device>> SqlDeviceRepository::list(UserId user) {
  return m_store.read([user](SqlConnection &db) { return listDevices(db, user); });
}

Async<> SqlDeviceRepository::removePending(UserId user, DeviceId id) {
  return m_store.write([user, id](SqlConnection &db) -> Result<> {
    const auto device = findDevice(db, id);
    if (!device) return fail(device.error());
    if (device->user != user || device->state == wire::DeviceState::Revoked)
      return fail(ErrorKind::NotFound, "no such device", "not_found");
    if (device->state == wire::DeviceState::Active)
      return fail(ErrorKind::Conflict, "an active device needs a signed entry", "manifest_conflict");
    return deleteDevice(db, id);
  });
}

Async<bool> SqlDeviceRepository::noteSeen(DeviceId id, qint64 day, std::optional<domain::BootState> boot) {
  return m_store.write([id, day, boot](SqlConnection &db) -> Result<bool> {
    auto known = db.query(R"(SELECT "lastSeenDay", "bootCounter", "bootSends" FROM "Device" WHERE "id" = :device)");
    const auto row = known.bind(":device", id).one();
    if (!row) return fail(row.error());
    if (!*row) return fail(ErrorKind::NotFound, "no such device", "not_found");
    const qint64 lastDay = known.number(0);
    const domain::BootState last{known.number(1), known.number(2)};
    const domain::BootState now = boot.value_or(last);
    const bool isRolledBack = now.counter < last.counter || now.sends < last.sends;
    if (day <= lastDay && now.counter <= last.counter && now.sends <= last.sends) return isRolledBack;
    auto note = db.query(R"(UPDATE "Device" SET "lastSeenDay" = :day, "bootCounter" = :counter, "bootSends" = :sends
                            WHERE "id" = :device)");
    note.bind(":day", std::max(day, lastDay)).bind(":counter", std::max(now.counter, last.counter));
    if (auto done = note.bind(":sends", std::max(now.sends, last.sends)).bind(":device", id).change(); !done)
      return fail(done.error());
    return isRolledBack;
  });
}

Async<std::vector<DeviceId>> SqlDeviceRepository::expirePending(WallTime before) {
  return m_store.write([before](SqlConnection &db) -> Result<std::vector<DeviceId>> {
    std::vector<DeviceId> gone;
    auto query = db.query(R"(DELETE FROM "Device" WHERE "state" = 'PENDING' AND "createdAt" < :before RETURNING "id")");
    auto read = query.bind(":before", before).each([&](const SqlQuery &row) { gone.push_back(row.device(0)); });
    if (!read) return fail(read.error());
    return gone;
  });
}

}  // namespace gx::server::sql
