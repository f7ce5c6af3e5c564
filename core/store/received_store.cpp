// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/received_store.h"

namespace gx::store {

Result<bool> ReceivedStore::hasLetter(MessageId letter) {
  return m_database.statement("SELECT count(*) FROM seen_letter WHERE server_id = :letter")
      .bind(":letter", letter)
      .value()
      .map([](qint64 count) { return count > 0; });
}

Result<> ReceivedStore::addLetter(MessageId letter, WallTime now) {
  return m_database.statement("INSERT OR IGNORE INTO seen_letter(server_id, seen_at) VALUES (:letter, :now)")
      .bind(":letter", letter)
      .bind(":now", now)
      .run();
}

Result<bool> ReceivedStore::addContent(const model::DeviceAddress &sender, ClientMessageId id, WallTime now) {
  const auto seen =
      m_database
          .statement("SELECT count(*) FROM seen_content WHERE user = :user AND device = :device AND client_id = :id")
          .bind(":user", sender.user)
          .bind(":device", sender.device)
          .bind(":id", id)
          .value();
  if (!seen) return fail(seen.error());
  if (*seen > 0) return false;
  const auto put =
      m_database
          .statement("INSERT INTO seen_content(user, device, client_id, seen_at) VALUES (:user, :device, :id, :now)")
          .bind(":user", sender.user)
          .bind(":device", sender.device)
          .bind(":id", id)
          .bind(":now", now)
          .run();
  if (!put) return fail(put.error());
  return true;
}

Result<> ReceivedStore::forget(WallTime before) {
  const auto letters =
      m_database.statement("DELETE FROM seen_letter WHERE seen_at < :before").bind(":before", before).run();
  if (!letters) return letters;
  return m_database.statement("DELETE FROM seen_content WHERE seen_at < :before").bind(":before", before).run();
}

}  // namespace gx::store
