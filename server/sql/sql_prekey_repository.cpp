// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_prekey_repository.h"

#include "core/base/bytes.h"
#include "server/sql/device_rows.h"
#include "server/sql/key_rows.h"

namespace gx::server::sql {

Async<wire::KeyCount> SqlPreKeyRepository::upload(DeviceId device, wire::KeyUpload keys) {
  MailboxBook &book = m_store.book();
  const WallTime now = m_store.clock().wallNow();
  return m_store.write([&book, device, now, keys = std::move(keys)](SqlConnection &db) -> Result<wire::KeyCount> {
    const auto present = findKeys(db, device);
    if (!present) return fail(present.error());
    const auto stored = *present ? changeKeys(db, book, **present, keys) : insertKeys(db, device, keys, now);
    if (!stored) return fail(stored.error());
    if (auto added = addPreKeys(db, device, keys.preKeys); !added) return fail(added.error());
    return countKeys(db, device);
  });
}

Async<wire::KeyCount> SqlPreKeyRepository::reset(DeviceId device, wire::KeyUpload keys) {
  MailboxBook &book = m_store.book();
  return m_store.write([&book, device, keys = std::move(keys)](SqlConnection &db) -> Result<wire::KeyCount> {
    const auto present = findKeys(db, device);
    if (!present) return fail(present.error());
    if (!*present) return fail(ErrorKind::NotFound, "no keys yet", "not_found");
    if (!keys.signedPreKey || !keys.lastResortPreKey)
      return fail(ErrorKind::Invalid, "a reset names all prekeys", "invalid_keys");
    auto clear = db.query(R"(DELETE FROM "SignalPreKey" WHERE "deviceId" = :device)");
    if (auto done = clear.bind(":device", device).change(); !done) return fail(done.error());
    StoredKeys emptied = **present;
    emptied.signedPreKey = {};  // whatever stood there, the new one may have its id
    ++emptied.generation;
    if (auto stored = changeKeys(db, book, emptied, keys); !stored) return fail(stored.error());
    if (auto added = addPreKeys(db, device, keys.preKeys); !added) return fail(added.error());
    return countKeys(db, device);
  });
}

Async<wire::KeyCount> SqlPreKeyRepository::count(DeviceId device) {
  return m_store.read([device](SqlConnection &db) { return countKeys(db, device); });
}

Async<wire::KeyAudit> SqlPreKeyRepository::audit(DeviceId device) {
  return m_store.read([device](SqlConnection &db) -> Result<wire::KeyAudit> {
    const auto keys = findKeys(db, device);
    if (!keys) return fail(keys.error());
    if (!*keys) return fail(ErrorKind::NotFound, "no keys yet", "not_found");
    const auto digest = [](quint32 id, const QByteArray &key) { return wire::KeyDigest{id, sha256(key).left(8)}; };
    wire::KeyAudit audit;
    audit.signedPreKey = digest((*keys)->signedPreKey.keyId, (*keys)->signedPreKey.publicKey);
    audit.lastResortPreKey = digest(wire::limits::kLastResortPrekeyId, (*keys)->lastResortPreKey);
    auto query = db.query(R"(SELECT "keyId", "publicKey" FROM "SignalPreKey"
                             WHERE "deviceId" = :device AND "claimedAt" IS NULL ORDER BY "keyId")");
    auto read = query.bind(":device", device).each([&](const SqlQuery &row) {
      audit.preKeys.append(digest(quint32(row.number(0)), row.bytes(1)));
    });
    if (!read) return fail(read.error());
    return audit;
  });
}

Async<std::vector<domain::ClaimedBundle>> SqlPreKeyRepository::claim(UserId user, std::vector<DeviceId> devices) {
  const WallTime now = m_store.clock().wallNow();
  return m_store.write(
      [user, now, devices = std::move(devices)](SqlConnection &db) -> Result<std::vector<domain::ClaimedBundle>> {
        std::vector<domain::ClaimedBundle> claimed;
        for (const DeviceId id : devices) {
          const auto device = findDevice(db, id);
          if (!device && device.error().kind == ErrorKind::NotFound) continue;
          if (!device) return fail(device.error());
          if (device->user != user || device->state != wire::DeviceState::Active) continue;
          auto bundle = claimBundle(db, *device, now);
          if (!bundle) return fail(bundle.error());
          claimed.push_back(std::move(*bundle));
        }
        return claimed;
      });
}

Async<wire::UserDevices> SqlPreKeyRepository::activeDevices(UserId user) {
  return m_store.read([user](SqlConnection &db) -> Result<wire::UserDevices> {
    const auto devices = listDevices(db, user);
    if (!devices) return fail(devices.error());
    wire::UserDevices active;
    active.userId = user;
    for (const auto &device : *devices)
      if (device.state == wire::DeviceState::Active) active.devices.append({device.id, device.registrationId});
    return active;
  });
}

Async<qint64> SqlPreKeyRepository::forgetClaimed(WallTime before) {
  return m_store.write([before](SqlConnection &db) -> Result<qint64> {
    auto query = db.query(R"(DELETE FROM "SignalPreKey" WHERE "claimedAt" IS NOT NULL AND "claimedAt" < :before)");
    const auto removed = query.bind(":before", before).change();
    if (!removed) return fail(removed.error());
    return qint64(*removed);
  });
}

}  // namespace gx::server::sql
