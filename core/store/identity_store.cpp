// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/identity_store.h"

namespace gx::store {

Result<std::optional<IdentityRow>> IdentityStore::identity() {
  auto statement = m_database.statement("SELECT public_key, private_key, registration_id, record_key FROM identity");
  const auto found = statement.step();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  IdentityRow row;
  QByteArray privateKey = statement.bytes(1);
  QByteArray recordKey = statement.bytes(3);
  row.publicKey = statement.bytes(0);
  row.privateKey = SecretBytes::taking(privateKey);
  row.registrationId = static_cast<quint32>(statement.number(2));
  row.recordKey = SecretBytes::taking(recordKey);
  return row;
}

Result<> IdentityStore::insert(const IdentityRow &row) {
  return m_database
      .statement(
          "INSERT INTO identity(id, public_key, private_key, registration_id, record_key) "
          "VALUES (1, :public_key, :private_key, :registration_id, :record_key)")
      .bind(":public_key", row.publicKey)
      .bind(":private_key", row.privateKey.view().toByteArray())
      .bind(":registration_id", row.registrationId)
      .bind(":record_key", row.recordKey.view().toByteArray())
      .run();
}

Result<quint32> IdentityStore::nextPreKeyId() {
  return m_database.statement("SELECT next_prekey FROM identity").value().map([](qint64 id) {
    return static_cast<quint32>(id);
  });
}

Result<> IdentityStore::setNextPreKeyId(quint32 id) {
  return m_database.statement("UPDATE identity SET next_prekey = :id").bind(":id", id).run();
}

Result<quint32> IdentityStore::takeSignedPreKeyId() {
  const auto id = m_database.statement("SELECT next_signed_prekey FROM identity").value();
  if (!id) return fail(id.error());
  const auto taken =
      m_database.statement("UPDATE identity SET next_signed_prekey = :next").bind(":next", *id + 1).run();
  if (!taken) return fail(taken.error());
  return static_cast<quint32>(*id);
}

Result<bool> IdentityStore::isUploaded() {
  return m_database.statement("SELECT is_uploaded FROM identity").value().map([](qint64 flag) { return flag != 0; });
}

Result<> IdentityStore::setUploaded() {
  return m_database.statement("UPDATE identity SET is_uploaded = 1").run();
}

}  // namespace gx::store
