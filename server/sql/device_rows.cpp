// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/device_rows.h"

namespace gx::server::sql {

namespace {

domain::Device deviceRow(const SqlQuery &row) {
  domain::Device device;
  device.id = row.device(0);
  device.user = row.id<UserId>(1);
  device.name = row.text(2);
  device.state = deviceState(row.text(3));
  device.createdAt = row.time(4);
  device.lastSeenDay = row.number(5);
  device.identityKey = row.bytes(6);
  device.registrationId = quint32(row.number(7));
  return device;
}

template <std::size_t N>
Result<> changeRowsOf(SqlConnection &db, const char (&sql)[N], DeviceId id) {
  auto query = db.query(sql);
  if (auto done = query.bind(":device", id).change(); !done) return fail(done.error());
  return {};
}

}  // namespace

wire::DeviceState deviceState(const QByteArray &text) {
  if (text == "ACTIVE") return wire::DeviceState::Active;
  return text == "PENDING" ? wire::DeviceState::Pending : wire::DeviceState::Revoked;
}

Result<domain::Device> findDevice(SqlConnection &db, DeviceId id) {
  auto query = db.query(R"(SELECT d."id", d."userId", d."name", d."state", d."createdAt", d."lastSeenDay",
                             k."identityKey", k."registrationId"
                           FROM "Device" d LEFT JOIN "UserSignalKey" k ON k."deviceId" = d."id"
                           WHERE d."id" = :device)");
  const auto row = query.bind(":device", id).one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such device", "not_found");
  return deviceRow(query);
}

Result<std::vector<domain::Device>> listDevices(SqlConnection &db, const UserId &user) {
  std::vector<domain::Device> devices;
  auto query = db.query(R"(SELECT d."id", d."userId", d."name", d."state", d."createdAt", d."lastSeenDay",
                             k."identityKey", k."registrationId"
                           FROM "Device" d LEFT JOIN "UserSignalKey" k ON k."deviceId" = d."id"
                           WHERE d."userId" = :user AND d."state" <> 'REVOKED' ORDER BY d."createdAt", d."id")");
  auto read = query.bind(":user", user).each([&](const SqlQuery &row) { devices.push_back(deviceRow(row)); });
  if (!read) return fail(read.error());
  return devices;
}

Result<> deleteDevice(SqlConnection &db, DeviceId id) {
  return changeRowsOf(db, R"(DELETE FROM "Device" WHERE "id" = :device AND "state" = 'PENDING')", id);
}

Result<> deleteTokens(SqlConnection &db, DeviceId id) {
  if (auto done = changeRowsOf(db, R"(DELETE FROM "AccessToken" WHERE "deviceId" = :device)", id); !done) return done;
  return changeRowsOf(db, R"(DELETE FROM "RefreshToken" WHERE "deviceId" = :device)", id);
}

Result<> activateDevice(SqlConnection &db, MailboxBook &book, DeviceId id) {
  book.forget(id);
  if (auto done = changeRowsOf(db, R"(UPDATE "Device" SET "state" = 'ACTIVE' WHERE "id" = :device)", id); !done)
    return done;
  if (auto done = changeRowsOf(db, R"(DELETE FROM "DeviceLink" WHERE "deviceId" = :device)", id); !done) return done;
  return changeRowsOf(db, R"(INSERT INTO "MailboxHead" ("deviceId") VALUES (:device))", id);
}

Result<> revokeDevice(SqlConnection &db, MailboxBook &book, DeviceId id) {
  book.forget(id);
  if (auto done = deleteTokens(db, id); !done) return done;
  const auto steps = [&]() -> Result<> {
    if (auto done = changeRowsOf(db, R"(UPDATE "Device" SET "state" = 'REVOKED' WHERE "id" = :device)", id); !done)
      return done;
    if (auto done = changeRowsOf(db, R"(UPDATE "Message" SET "waiting" = "waiting" - 1 WHERE "id" IN
            (SELECT "messageId" FROM "Mailbox" WHERE "deviceId" = :device))",
                                 id);
        !done)
      return done;
    if (auto done = changeRowsOf(db, R"(DELETE FROM "Mailbox" WHERE "deviceId" = :device)", id); !done) return done;
    if (auto done = changeRowsOf(db, R"(DELETE FROM "MailboxHead" WHERE "deviceId" = :device)", id); !done) return done;
    if (auto done = changeRowsOf(db, R"(DELETE FROM "DeviceLink" WHERE "deviceId" = :device)", id); !done) return done;
    return changeRowsOf(db, R"(DELETE FROM "SignalPreKey" WHERE "deviceId" = :device)", id);
  };
  if (auto done = steps(); !done) return done;
  return changeRowsOf(db, R"(DELETE FROM "UserSignalKey" WHERE "deviceId" = :device)", id);
}

Result<> nextDeviceGeneration(SqlConnection &db, MailboxBook &book, const UserId &user) {
  book.forget(user);
  auto query = db.query(R"(UPDATE "Account" SET "deviceGeneration" = "deviceGeneration" + 1 WHERE "id" = :user)");
  if (auto done = query.bind(":user", user).change(); !done) return fail(done.error());
  return {};
}

}  // namespace gx::server::sql
