// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/signal_key_store.h"

#include "core/store/signed_prekey_row.h"

namespace gx::store {

Result<std::optional<curve::PublicKey>> SignalKeyStore::trustedIdentity(const model::DeviceAddress &device) {
  const auto bytes = m_database
                         .statement(
                             "SELECT d.identity_key FROM manifest_device d JOIN manifest m ON m.user = d.user "
                             "WHERE d.user = :user AND d.device = :device AND m.alarm = x''")
                         .bind(":user", device.user)
                         .bind(":device", device.device)
                         .first([](const Statement &row) { return row.bytes(0); });
  if (!bytes) return fail(bytes.error());
  if (!*bytes) return std::nullopt;
  const auto key = curve::PublicKey::parse(**bytes);
  if (!key) return fail(key.error());
  return *key;
}

Result<std::optional<QByteArray>> SignalKeyStore::session(const model::DeviceAddress &device) {
  return m_database.statement("SELECT record FROM session WHERE user = :user AND device = :device")
      .bind(":user", device.user)
      .bind(":device", device.device)
      .first([](const Statement &row) { return row.bytes(0); });
}

Result<> SignalKeyStore::putSession(const model::DeviceAddress &device, const QByteArray &record) {
  return m_database.statement("INSERT OR REPLACE INTO session(user, device, record) VALUES (:user, :device, :record)")
      .bind(":user", device.user)
      .bind(":device", device.device)
      .bind(":record", record)
      .run();
}

Result<> SignalKeyStore::quarantineSession(const model::DeviceAddress &device) {
  const auto copied = m_database
                          .statement(
                              "INSERT INTO damaged_session(user, device, record) "
                              "SELECT user, device, record FROM session WHERE user = :user AND device = :device")
                          .bind(":user", device.user)
                          .bind(":device", device.device)
                          .run();
  if (!copied) return copied;
  return m_database.statement("DELETE FROM session WHERE user = :user AND device = :device")
      .bind(":user", device.user)
      .bind(":device", device.device)
      .run();
}

Result<std::optional<crypto::StoredPreKey>> SignalKeyStore::preKey(quint32 id) {
  return m_database.statement("SELECT id, public_key, record FROM prekey WHERE id = :id")
      .bind(":id", id)
      .first([](const Statement &row) {
        return crypto::StoredPreKey{static_cast<quint32>(row.number(0)), row.bytes(1), row.bytes(2)};
      });
}

Result<> SignalKeyStore::putPreKey(const crypto::StoredPreKey &key) {
  return m_database.statement("INSERT INTO prekey(id, public_key, record) VALUES (:id, :public_key, :record)")
      .bind(":id", key.id)
      .bind(":public_key", key.publicKey)
      .bind(":record", key.record)
      .run();
}

Result<> SignalKeyStore::removePreKey(quint32 id) {
  return m_database.statement("DELETE FROM prekey WHERE id = :id").bind(":id", id).run();
}

Result<std::optional<crypto::StoredSignedPreKey>> SignalKeyStore::signedPreKey(quint32 id) {
  return m_database.statement("SELECT " GX_SIGNED_PREKEY_COLUMNS " FROM signed_prekey WHERE id = :id")
      .bind(":id", id)
      .first(readSignedPreKey);
}

Result<> SignalKeyStore::putSignedPreKey(const crypto::StoredSignedPreKey &key) {
  return m_database
      .statement(
          "INSERT INTO signed_prekey(id, public_key, signature, record, last_resort_public_key, last_resort_record, "
          "created_at) VALUES (:id, :public_key, :signature, :record, :last_public_key, :last_record, :created_at)")
      .bind(":id", key.id)
      .bind(":public_key", key.publicKey)
      .bind(":signature", key.signature)
      .bind(":record", key.record)
      .bind(":last_public_key", key.lastResortPublicKey)
      .bind(":last_record", key.lastResortRecord)
      .bind(":created_at", key.createdAt)
      .run();
}

Result<bool> SignalKeyStore::wasBaseKeyUsed(const QByteArray &hash) {
  return m_database.statement("SELECT count(*) FROM base_key WHERE hash = :hash")
      .bind(":hash", hash)
      .value()
      .map([](qint64 count) { return count > 0; });
}

Result<> SignalKeyStore::rememberBaseKey(const QByteArray &hash, quint32 signedPreKeyId) {
  return m_database.statement("INSERT OR IGNORE INTO base_key(hash, signed_prekey) VALUES (:hash, :id)")
      .bind(":hash", hash)
      .bind(":id", signedPreKeyId)
      .run();
}

Result<std::vector<model::DeviceAddress>> SignalKeyStore::sessions() {
  return m_database.statement("SELECT user, device FROM session").all([](const Statement &row) {
    return model::DeviceAddress{row.id<UserId>(0), row.device(1)};
  });
}

Result<std::optional<WallTime>> SignalKeyStore::renewedAt(const model::DeviceAddress &device) {
  return m_database.statement("SELECT renewed_at FROM session_renewal WHERE user = :user AND device = :device")
      .bind(":user", device.user)
      .bind(":device", device.device)
      .first([](const Statement &row) { return row.time(0); });
}

Result<> SignalKeyStore::setRenewedAt(const model::DeviceAddress &device, WallTime when) {
  return m_database
      .statement("INSERT OR REPLACE INTO session_renewal(user, device, renewed_at) VALUES (:user, :device, :when)")
      .bind(":user", device.user)
      .bind(":device", device.device)
      .bind(":when", when)
      .run();
}

}  // namespace gx::store
