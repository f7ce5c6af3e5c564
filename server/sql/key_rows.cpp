// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/key_rows.h"

#include "server/sql/device_rows.h"

namespace gx::server::sql {

namespace {

Result<qint64> freePreKeys(SqlConnection &db, DeviceId device) {
  auto query = db.query(R"(SELECT COUNT(*) FROM "SignalPreKey" WHERE "deviceId" = :device AND "claimedAt" IS NULL)");
  if (const auto row = query.bind(":device", device).one(); !row) return fail(row.error());
  return query.number(0);
}

Result<> writeKeys(SqlConnection &db, const StoredKeys &keys) {
  auto query = db.query(R"(UPDATE "UserSignalKey" SET "registrationId" = :registration, "signedPreKeyId" = :id,
                             "signedPreKey" = :key, "signedPreKeySignature" = :signature,
                             "lastResortPreKey" = :last, "keyGeneration" = :generation WHERE "deviceId" = :device)");
  query.bind(":registration", qint64(keys.registrationId)).bind(":id", qint64(keys.signedPreKey.keyId));
  query.bind(":key", keys.signedPreKey.publicKey).bind(":signature", keys.signedPreKey.signature);
  query.bind(":last", keys.lastResortPreKey).bind(":generation", keys.generation).bind(":device", keys.device);
  if (auto done = query.change(); !done) return fail(done.error());
  return {};
}

}  // namespace

Result<std::optional<StoredKeys>> findKeys(SqlConnection &db, DeviceId device) {
  auto query = db.query(R"(SELECT "userId", "identityKey", "registrationId", "signedPreKeyId", "signedPreKey",
                             "signedPreKeySignature", "lastResortPreKey", "keyGeneration"
                           FROM "UserSignalKey" WHERE "deviceId" = :device)");
  const auto row = query.bind(":device", device).one();
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  StoredKeys keys;
  keys.device = device;
  keys.user = query.id<UserId>(0);
  keys.identityKey = query.bytes(1);
  keys.registrationId = quint32(query.number(2));
  keys.signedPreKey = {quint32(query.number(3)), query.bytes(4), query.bytes(5)};
  keys.lastResortPreKey = query.bytes(6);
  keys.generation = query.number(7);
  return keys;
}

Result<> insertKeys(SqlConnection &db, DeviceId device, const wire::KeyUpload &keys, WallTime now) {
  if (!keys.identityKey || !keys.registrationId || !keys.signedPreKey || !keys.lastResortPreKey)
    return fail(ErrorKind::Invalid, "the first upload names all keys", "invalid_keys");
  auto query = db.query(R"(INSERT INTO "UserSignalKey" ("deviceId", "userId", "identityKey", "registrationId",
                             "signedPreKeyId", "signedPreKey", "signedPreKeySignature", "lastResortPreKey", "updatedAt")
                           SELECT "id", "userId", :identity, :registration, :keyId, :key, :signature, :last, :now
                           FROM "Device" WHERE "id" = :device)");
  query.bind(":identity", *keys.identityKey).bind(":registration", qint64(*keys.registrationId));
  query.bind(":keyId", qint64(keys.signedPreKey->keyId)).bind(":key", keys.signedPreKey->publicKey);
  query.bind(":signature", keys.signedPreKey->signature).bind(":last", keys.lastResortPreKey->publicKey);
  const auto made = query.bind(":now", now).bind(":device", device).change();
  if (!made) return fail(made.error());
  if (*made == 0) return fail(ErrorKind::NotFound, "no such device", "not_found");
  return {};
}

Result<> changeKeys(SqlConnection &db, MailboxBook &book, const StoredKeys &present, const wire::KeyUpload &keys) {
  if (keys.identityKey && *keys.identityKey != present.identityKey)
    return fail(ErrorKind::Conflict, "a device keeps its identity key", "identity_fixed");
  StoredKeys next = present;
  if (keys.signedPreKey) {
    const bool isSameId = keys.signedPreKey->keyId == present.signedPreKey.keyId;
    if (isSameId && keys.signedPreKey->publicKey != present.signedPreKey.publicKey)
      return fail(ErrorKind::Conflict, "this signed prekey id had other bytes", "key_conflict");
    next.signedPreKey = *keys.signedPreKey;
  }
  if (keys.lastResortPreKey) next.lastResortPreKey = keys.lastResortPreKey->publicKey;
  if (keys.registrationId && *keys.registrationId != present.registrationId) {
    next.registrationId = *keys.registrationId;
    if (auto done = nextDeviceGeneration(db, book, present.user); !done) return done;
  }
  return writeKeys(db, next);
}

Result<> addPreKeys(SqlConnection &db, DeviceId device, const QList<wire::PreKey> &preKeys) {
  for (const wire::PreKey &preKey : preKeys) {
    auto insert = db.query(R"(INSERT INTO "SignalPreKey" ("deviceId", "keyId", "publicKey")
                              VALUES (:device, :id, :key) ON CONFLICT ("deviceId", "keyId") DO NOTHING)");
    insert.bind(":device", device).bind(":id", qint64(preKey.keyId)).bind(":key", preKey.publicKey);
    const auto made = insert.change();
    if (!made) return fail(made.error());
    if (*made > 0) continue;
    auto known = db.query(R"(SELECT "publicKey" FROM "SignalPreKey" WHERE "deviceId" = :device AND "keyId" = :id)");
    const auto row = known.bind(":device", device).bind(":id", qint64(preKey.keyId)).one();
    if (!row) return fail(row.error());
    if (known.bytes(0) != preKey.publicKey)
      return fail(ErrorKind::Conflict, "this prekey id had other bytes", "key_conflict");
  }
  const auto count = freePreKeys(db, device);
  if (!count) return fail(count.error());
  if (*count > wire::limits::kOneTimePrekeys)
    return fail(ErrorKind::Invalid, "too many one-time prekeys", "invalid_keys");
  return {};
}

Result<wire::KeyCount> countKeys(SqlConnection &db, DeviceId device) {
  const auto keys = findKeys(db, device);
  if (!keys) return fail(keys.error());
  if (!*keys) return wire::KeyCount{};
  const auto count = freePreKeys(db, device);
  if (!count) return fail(count.error());
  return wire::KeyCount{int(*count), (*keys)->signedPreKey.keyId, (*keys)->generation};
}

Result<domain::ClaimedBundle> claimBundle(SqlConnection &db, const domain::Device &device, WallTime now) {
  const auto keys = findKeys(db, device.id);
  if (!keys) return fail(keys.error());
  if (!*keys) return fail(ErrorKind::Internal, "an active device without keys");
  domain::ClaimedBundle claimed;
  claimed.bundle.userId = device.user;
  claimed.bundle.deviceId = device.id;
  claimed.bundle.registrationId = (*keys)->registrationId;
  claimed.bundle.identityKey = (*keys)->identityKey;
  claimed.bundle.signedPreKey = (*keys)->signedPreKey;
  auto query = db.query(R"(UPDATE "SignalPreKey" SET "claimedAt" = :now
                           WHERE "deviceId" = :device AND "keyId" = (
                             SELECT "keyId" FROM "SignalPreKey" WHERE "deviceId" = :device AND "claimedAt" IS NULL
                             ORDER BY "keyId" LIMIT 1)
                           RETURNING "keyId", "publicKey")");
  const auto taken = query.bind(":now", now).bind(":device", device.id).one();
  if (!taken) return fail(taken.error());
  claimed.bundle.preKey = *taken ? wire::PreKey{quint32(query.number(0)), query.bytes(1)}
                                 : wire::PreKey{wire::limits::kLastResortPrekeyId, (*keys)->lastResortPreKey};
  const auto left = freePreKeys(db, device.id);
  if (!left) return fail(left.error());
  claimed.preKeysLeft = int(*left);
  return claimed;
}

}  // namespace gx::server::sql
