// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_manifest_repository.h"

#include <algorithm>

#include "core/wire/limits.h"
#include "server/sql/device_rows.h"

namespace gx::server::sql {

namespace {

tl::unexpected<Error> manifestConflict(const char *why) {
  return fail(ErrorKind::Conflict, why, "manifest_conflict");
}

}  // namespace

Async<std::vector<wire::ManifestEntry>> SqlManifestRepository::entries(UserId user, qint64 after, int limit) {
  return m_store.read([user, after, limit](SqlConnection &db) -> Result<std::vector<wire::ManifestEntry>> {
    std::vector<wire::ManifestEntry> entries;
    auto query = db.query(R"(SELECT "version", "prevHash", "op", "deviceId", "identityKey", "nameHash", "createdAt",
                               "byDevice", "signature" FROM "DeviceManifest"
                             WHERE "userId" = :user AND "version" > :after
                               AND "chain" = (SELECT MAX("chain") FROM "DeviceManifest" WHERE "userId" = :user)
                             ORDER BY "version" LIMIT :count)");
    query.bind(":user", user).bind(":after", after).bind(":count", qint64(limit));
    auto read = query.each([&](const SqlQuery &row) {
      wire::ManifestEntry entry;
      entry.userId = user;
      entry.version = row.number(0);
      entry.prevHash = row.bytes(1);
      entry.isAdd = row.text(2) == "add";
      entry.deviceId = row.device(3);
      entry.identityKey = row.bytes(4);
      entry.nameHash = row.bytes(5);
      entry.createdAt = row.number(6);
      entry.byDevice = row.device(7);
      entry.signature = row.bytes(8);
      entries.push_back(std::move(entry));
    });
    if (!read) return fail(read.error());
    return entries;
  });
}

Async<std::vector<DeviceId>> SqlManifestRepository::append(domain::ManifestAct act) {
  MailboxBook &book = m_store.book();
  return m_store.write([&book, act = std::move(act)](SqlConnection &db) -> Result<std::vector<DeviceId>> {
    const auto chain = chainFor(db, act);
    if (!chain) return fail(chain.error());
    if (auto done = insert(db, act, *chain); !done) return fail(done.error());
    if (auto done = nextDeviceGeneration(db, book, act.entry.userId); !done) return fail(done.error());
    return act.entry.isAdd ? add(db, book, act) : remove(db, book, act);
  });
}

Result<SqlManifestRepository::Tip> SqlManifestRepository::tip(SqlConnection &db, const UserId &user) {
  auto query = db.query(R"(SELECT "chain", "version", "entryHash" FROM "DeviceManifest" WHERE "userId" = :user
                           ORDER BY "chain" DESC, "version" DESC LIMIT 1)");
  const auto row = query.bind(":user", user).one();
  if (!row) return fail(row.error());
  return *row ? Tip{query.number(0), query.number(1), query.bytes(2)} : Tip{};
}

Result<qint64> SqlManifestRepository::chainFor(SqlConnection &db, const domain::ManifestAct &act) {
  const auto last = tip(db, act.entry.userId);
  if (!last) return fail(last.error());
  if (act.startsChain) return last->chain + 1;
  if (last->chain == 0 || act.entry.version != last->version + 1)
    return manifestConflict("the version is not the next");
  if (act.entry.prevHash != last->hash) return manifestConflict("prev_hash is not the last entry's");
  return last->chain;
}

Result<> SqlManifestRepository::insert(SqlConnection &db, const domain::ManifestAct &act, qint64 chain) {
  const wire::ManifestEntry &entry = act.entry;
  auto query = db.query(R"(INSERT INTO "DeviceManifest" ("userId", "chain", "version", "prevHash", "op", "deviceId",
                             "identityKey", "nameHash", "createdAt", "byDevice", "signature", "entryHash")
                           VALUES (:user, :chain, :version, :prev, :op, :device, :identity, :name, :created, :by,
                             :signature, :hash))");
  query.bind(":user", entry.userId).bind(":chain", chain).bind(":version", entry.version);
  query.bind(":prev", entry.prevHash).bindText(":op", entry.isAdd ? "add" : "remove").bind(":device", entry.deviceId);
  query.bind(":identity", entry.identityKey).bind(":name", entry.nameHash).bind(":created", entry.createdAt);
  query.bind(":by", entry.byDevice).bind(":signature", entry.signature).bind(":hash", act.entryHash);
  if (auto done = query.change(); !done) return fail(done.error());
  return {};
}

Result<std::vector<DeviceId>> SqlManifestRepository::add(SqlConnection &db, MailboxBook &book,
                                                         const domain::ManifestAct &act) {
  const auto device = findDevice(db, act.entry.deviceId);
  if (!device) return manifestConflict("no such device");
  if (device->user != act.entry.userId || device->state != wire::DeviceState::Pending)
    return manifestConflict("the device is not pending");
  if (device->identityKey != act.entry.identityKey) return manifestConflict("the device has another identity key");
  const auto devices = listDevices(db, act.entry.userId);
  if (!devices) return fail(devices.error());
  std::vector<DeviceId> active;
  for (const auto &each : *devices)
    if (each.state == wire::DeviceState::Active) active.push_back(each.id);
  if (act.startsChain) {
    if (!active.empty() && !act.replacesChain) return manifestConflict("the old chain lists devices");
    for (const DeviceId id : active)
      if (auto done = revokeDevice(db, book, id); !done) return fail(done.error());
  } else {
    if (active.size() >= std::size_t(wire::limits::kDevicesPerAccount))
      return fail(ErrorKind::Invalid, "too many devices", "too_many_devices");
    active.clear();
  }
  if (auto done = activateDevice(db, book, act.entry.deviceId); !done) return fail(done.error());
  return active;
}

Result<std::vector<DeviceId>> SqlManifestRepository::remove(SqlConnection &db, MailboxBook &book,
                                                            const domain::ManifestAct &act) {
  const auto device = findDevice(db, act.entry.deviceId);
  if (!device) return manifestConflict("no such device");
  if (device->user != act.entry.userId || device->state != wire::DeviceState::Active)
    return manifestConflict("the device is not active");
  if (auto done = revokeDevice(db, book, act.entry.deviceId); !done) return fail(done.error());
  return std::vector<DeviceId>{act.entry.deviceId};
}

}  // namespace gx::server::sql
