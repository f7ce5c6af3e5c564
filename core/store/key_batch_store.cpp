// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/key_batch_store.h"

#include "core/store/signed_prekey_row.h"

namespace gx::store {

Result<std::optional<KeyBatchRow>> KeyBatchStore::open() {
  return m_database.statement("SELECT number, is_reset, names_identity FROM key_batch ORDER BY number LIMIT 1")
      .first([](const Statement &row) { return KeyBatchRow{row.number(0), row.flag(1), row.flag(2)}; });
}

Result<KeyBatchRow> KeyBatchStore::gather(bool isReset, bool namesIdentity) {
  const auto made = m_database.statement("INSERT INTO key_batch(is_reset, names_identity) VALUES (:reset, :identity)")
                        .bind(":reset", isReset)
                        .bind(":identity", namesIdentity)
                        .run();
  if (!made) return fail(made.error());
  const qint64 number = m_database.lastInsertId();
  const auto prekeys =
      m_database.statement("UPDATE prekey SET batch = :number WHERE batch = 0").bind(":number", number).run();
  if (!prekeys) return fail(prekeys.error());
  const auto signedKey =
      m_database.statement("UPDATE signed_prekey SET batch = :number WHERE batch = 0").bind(":number", number).run();
  if (!signedKey) return fail(signedKey.error());
  return KeyBatchRow{number, isReset, namesIdentity};
}

Result<> KeyBatchStore::retireAll(WallTime now) {
  const auto retired =
      m_database.statement("UPDATE prekey SET retired_at = :now WHERE retired_at IS NULL").bind(":now", now).run();
  if (!retired) return retired;
  return m_database.execute(
      "DELETE FROM key_batch; UPDATE prekey SET batch = NULL WHERE batch IS NOT NULL; "
      "UPDATE signed_prekey SET batch = NULL WHERE batch IS NOT NULL");
}

Result<> KeyBatchStore::confirm(qint64 number) {
  const auto closed =
      m_database.statement("DELETE FROM key_batch WHERE number = :number").bind(":number", number).run();
  if (!closed) return closed;
  const auto prekeys =
      m_database.statement("UPDATE prekey SET batch = NULL WHERE batch = :number").bind(":number", number).run();
  if (!prekeys) return prekeys;
  return m_database.statement("UPDATE signed_prekey SET batch = NULL WHERE batch = :number")
      .bind(":number", number)
      .run();
}

Result<std::vector<crypto::PublicPreKey>> KeyBatchStore::preKeys(qint64 number) {
  return m_database.statement("SELECT id, public_key FROM prekey WHERE batch = :number ORDER BY id")
      .bind(":number", number)
      .all(
          [](const Statement &row) { return crypto::PublicPreKey{static_cast<quint32>(row.number(0)), row.bytes(1)}; });
}

Result<std::optional<crypto::PublicSignedPreKey>> KeyBatchStore::signedPreKey(qint64 number) {
  return m_database
      .statement(
          "SELECT id, public_key, signature, last_resort_public_key FROM signed_prekey WHERE batch = :number "
          "ORDER BY id DESC LIMIT 1")
      .bind(":number", number)
      .first([](const Statement &row) {
        return crypto::PublicSignedPreKey{static_cast<quint32>(row.number(0)), row.bytes(1), row.bytes(2),
                                          row.bytes(3)};
      });
}

Result<bool> KeyBatchStore::hasUngathered() {
  return m_database
      .statement(
          "SELECT EXISTS (SELECT 1 FROM prekey WHERE batch = 0) OR EXISTS (SELECT 1 FROM signed_prekey WHERE batch = "
          "0)")
      .value()
      .map([](qint64 flag) { return flag != 0; });
}

Result<std::optional<crypto::StoredSignedPreKey>> KeyBatchStore::newestSignedPreKey() {
  return m_database.statement("SELECT " GX_SIGNED_PREKEY_COLUMNS " FROM signed_prekey ORDER BY id DESC LIMIT 1")
      .first(readSignedPreKey);
}

Result<> KeyBatchStore::markReplaced(WallTime now) {
  return m_database
      .statement(
          "UPDATE signed_prekey SET replaced_at = :now "
          "WHERE replaced_at IS NULL AND id < (SELECT max(id) FROM signed_prekey)")
      .bind(":now", now)
      .run();
}

Result<std::optional<QByteArray>> KeyBatchStore::preKeyPublic(quint32 id) {
  return m_database.statement("SELECT public_key FROM prekey WHERE id = :id")
      .bind(":id", id)
      .first([](const Statement &row) { return row.bytes(0); });
}

Result<std::vector<QByteArray>> KeyBatchStore::lastResortPublics() {
  return m_database.statement("SELECT last_resort_public_key FROM signed_prekey").all([](const Statement &row) {
    return row.bytes(0);
  });
}

Result<> KeyBatchStore::forget(WallTime preKeysRetiredBefore, WallTime signedReplacedBefore) {
  const auto prekeys = m_database.statement("DELETE FROM prekey WHERE batch IS NULL AND retired_at < :before")
                           .bind(":before", preKeysRetiredBefore)
                           .run();
  if (!prekeys) return prekeys;
  return m_database.statement("DELETE FROM signed_prekey WHERE batch IS NULL AND replaced_at < :before")
      .bind(":before", signedReplacedBefore)
      .run();
}

}  // namespace gx::store
