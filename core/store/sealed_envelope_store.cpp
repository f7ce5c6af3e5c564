// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/sealed_envelope_store.h"

namespace gx::store {

Result<std::vector<SealedRow>> SealedEnvelopeStore::of(qint64 outboxPosition) {
  return m_database
      .statement(
          "SELECT user, device, registration_id, kind, ciphertext FROM sealed_envelope WHERE item = :item ORDER BY "
          "device, "
          "user")
      .bind(":item", outboxPosition)
      .all([](const Statement &row) {
        const crypto::Ciphertext ciphertext{static_cast<crypto::CiphertextType>(row.integer(3)), row.bytes(4)};
        return SealedRow{{row.id<UserId>(0), row.device(1)}, static_cast<quint32>(row.number(2)), ciphertext};
      });
}

Result<> SealedEnvelopeStore::put(qint64 outboxPosition, const SealedRow &row) {
  return m_database
      .statement(
          "INSERT OR REPLACE INTO sealed_envelope(item, user, device, registration_id, kind, ciphertext) "
          "VALUES (:item, :user, :device, :registration_id, :kind, :ciphertext)")
      .bind(":item", outboxPosition)
      .bind(":user", row.to.user)
      .bind(":device", row.to.device)
      .bind(":registration_id", row.registrationId)
      .bind(":kind", static_cast<int>(row.ciphertext.type))
      .bind(":ciphertext", row.ciphertext.bytes)
      .run();
}

Result<> SealedEnvelopeStore::remove(qint64 outboxPosition, const model::DeviceAddress &to) {
  return m_database.statement("DELETE FROM sealed_envelope WHERE item = :item AND user = :user AND device = :device")
      .bind(":item", outboxPosition)
      .bind(":user", to.user)
      .bind(":device", to.device)
      .run();
}

Result<> SealedEnvelopeStore::removeAll(qint64 outboxPosition) {
  return m_database.statement("DELETE FROM sealed_envelope WHERE item = :item").bind(":item", outboxPosition).run();
}

}  // namespace gx::store
