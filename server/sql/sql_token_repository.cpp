// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_token_repository.h"

#include "core/wire/limits.h"
#include "server/sql/device_rows.h"

namespace gx::server::sql {

Async<std::vector<DeviceId>> SqlTokenRepository::start(domain::Device device, domain::AccessRecord access,
                                                       domain::RefreshRecord refresh) {
  return m_store.write([device = std::move(device), access = std::move(access),
                        refresh = std::move(refresh)](SqlConnection &db) -> Result<std::vector<DeviceId>> {
    auto dropped = dropOldestPending(db, device.user);
    if (!dropped) return dropped;
    auto query = db.query(R"(INSERT INTO "Device" ("id", "userId", "name", "state", "createdAt")
                             VALUES (:device, :user, :name, 'PENDING', :now))");
    query.bind(":device", device.id).bind(":user", device.user).bindText(":name", device.name);
    if (auto made = query.bind(":now", device.createdAt).change(); !made) return fail(made.error());
    if (auto made = insertTokens(db, device.id, access, refresh); !made) return fail(made.error());
    return dropped;
  });
}

// So that the one to come is within the limit.
Result<std::vector<DeviceId>> SqlTokenRepository::dropOldestPending(SqlConnection &db, const UserId &user) {
  const auto devices = listDevices(db, user);
  if (!devices) return fail(devices.error());
  std::vector<DeviceId> pending;
  for (const auto &device : *devices)
    if (device.state == wire::DeviceState::Pending) pending.push_back(device.id);
  const std::size_t room = wire::limits::kDevicesPerAccount - 1;
  pending.resize(pending.size() > room ? pending.size() - room : 0);
  for (const DeviceId id : pending)
    if (auto done = deleteDevice(db, id); !done) return fail(done.error());
  return pending;
}

Result<> SqlTokenRepository::insertTokens(SqlConnection &db, DeviceId device, const domain::AccessRecord &access,
                                          const domain::RefreshRecord &refresh) {
  auto first = db.query(R"(INSERT INTO "AccessToken" ("hash", "deviceId", "expiresAt")
                           VALUES (:hash, :device, :expires))");
  first.bind(":hash", access.hash).bind(":device", device).bind(":expires", access.expiresAt);
  if (auto made = first.change(); !made) return fail(made.error());
  auto second = db.query(R"(INSERT INTO "RefreshToken" ("hash", "family", "deviceId", "idleUntil", "familyEndsAt")
                            VALUES (:hash, :family, :device, :idle, :ends))");
  second.bind(":hash", refresh.hash).bind(":family", refresh.family).bind(":device", device);
  if (auto made = second.bind(":idle", refresh.idleUntil).bind(":ends", refresh.familyEndsAt).change(); !made)
    return fail(made.error());
  return {};
}

Async<domain::Principal> SqlTokenRepository::findAccess(QByteArray hash) {
  return m_store.read([hash = std::move(hash)](SqlConnection &db) -> Result<domain::Principal> {
    auto query = db.query(R"(SELECT d."userId", d."id", d."state", t."expiresAt"
                             FROM "AccessToken" t JOIN "Device" d ON d."id" = t."deviceId" WHERE t."hash" = :hash)");
    const auto row = query.bind(":hash", hash).one();
    if (!row) return fail(row.error());
    if (!*row) return fail(ErrorKind::NotFound, "no such token", "not_found");
    return domain::Principal{query.id<UserId>(0), query.device(1), deviceState(query.text(2)), query.time(3)};
  });
}

Async<domain::RefreshOwner> SqlTokenRepository::findRefresh(QByteArray hash) {
  return m_store.read([hash = std::move(hash)](SqlConnection &db) -> Result<domain::RefreshOwner> {
    domain::RefreshOwner owner;
    auto query = db.query(R"(SELECT "family", "deviceId", "idleUntil", "familyEndsAt" FROM "RefreshToken"
                             WHERE "hash" = :hash)");
    const auto row = query.bind(":hash", hash).one();
    if (!row) return fail(row.error());
    if (!*row) return fail(ErrorKind::NotFound, "no such token", "not_found");
    owner.record = {hash, query.bytes(0), query.time(2), query.time(3)};
    auto device = findDevice(db, query.device(1));
    if (!device) return fail(device.error());
    owner.device = std::move(*device);
    return owner;
  });
}

// A refusal may change the store (the family of a reused token goes), so it is a value here and no failure of the act.
Async<QByteArray> SqlTokenRepository::rotate(domain::RefreshRotation rotation) {
  auto act = [rotation = std::move(rotation)](SqlConnection &db) { return rotateNow(db, rotation); };
  Result<Answer> answer = co_await m_store.write(std::move(act));
  if (!answer) co_return fail(answer.error());
  co_return std::move(*answer);
}

Result<SqlTokenRepository::Answer> SqlTokenRepository::rotateNow(SqlConnection &db,
                                                                 const domain::RefreshRotation &rotation) {
  auto query = db.query(R"(SELECT "deviceId", "idleUntil", "familyEndsAt", "rotatedAt", "requestId", "replayUntil",
                             "sealedAnswer" FROM "RefreshToken" WHERE "hash" = :hash)");
  const auto row = query.bind(":hash", rotation.oldHash).one();
  if (!row) return fail(row.error());
  if (!*row) return Answer(fail(ErrorKind::Unauthorized, "no such refresh token", "unauthorized"));
  if (!query.isNull(3)) return answerSpent(db, rotation, query);
  if (rotation.now >= query.time(1) || rotation.now >= query.time(2))
    return Answer(fail(ErrorKind::Unauthorized, "the refresh token is past its time", "unauthorized"));
  return spend(db, rotation, query.device(0));
}

Result<SqlTokenRepository::Answer> SqlTokenRepository::answerSpent(SqlConnection &db,
                                                                   const domain::RefreshRotation &rotation,
                                                                   const SqlQuery &row) {
  if (rotation.now < row.time(5)) {
    if (row.bytes(4) == rotation.requestId && !row.isNull(6)) return Answer(row.bytes(6));
    return Answer(fail(ErrorKind::Conflict, "another request spent this token just now", "refresh_in_progress"));
  }
  if (auto done = deleteTokens(db, row.device(0)); !done) return fail(done.error());
  return Answer(fail(ErrorKind::Unauthorized, "a spent refresh token came again", "token_reused"));
}

Result<SqlTokenRepository::Answer> SqlTokenRepository::spend(SqlConnection &db, const domain::RefreshRotation &rotation,
                                                             DeviceId device) {
  auto query = db.query(R"(UPDATE "RefreshToken" SET "rotatedAt" = :now, "requestId" = :request,
                             "replayUntil" = :replay, "sealedAnswer" = :sealed WHERE "hash" = :hash)");
  query.bind(":now", rotation.now).bind(":request", rotation.requestId).bind(":replay", rotation.replayUntil);
  if (auto done = query.bind(":sealed", rotation.sealedAnswer).bind(":hash", rotation.oldHash).change(); !done)
    return fail(done.error());
  if (auto made = insertTokens(db, device, rotation.access, rotation.refresh); !made) return fail(made.error());
  return Answer(QByteArray());
}

Async<> SqlTokenRepository::endSession(DeviceId device) {
  return m_store.write([device](SqlConnection &db) -> Result<> {
    if (auto done = deleteTokens(db, device); !done) return done;
    return deleteDevice(db, device);
  });
}

Async<qint64> SqlTokenRepository::removeExpired(WallTime now) {
  return m_store.write([now](SqlConnection &db) -> Result<qint64> {
    auto access = db.query(R"(DELETE FROM "AccessToken" WHERE "expiresAt" <= :now)");
    const auto first = access.bind(":now", now).change();
    if (!first) return fail(first.error());
    auto refresh = db.query(R"(DELETE FROM "RefreshToken" WHERE "idleUntil" <= :now)");
    const auto second = refresh.bind(":now", now).change();
    if (!second) return fail(second.error());
    auto sealed = db.query(R"(UPDATE "RefreshToken" SET "sealedAnswer" = NULL
                              WHERE "sealedAnswer" IS NOT NULL AND "replayUntil" <= :now)");
    if (auto done = sealed.bind(":now", now).change(); !done) return fail(done.error());
    return qint64(*first) + *second;
  });
}

}  // namespace gx::server::sql
