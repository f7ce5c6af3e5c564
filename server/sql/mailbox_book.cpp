// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/mailbox_book.h"

namespace gx::server::sql {

Result<MailboxBook::Head *> MailboxBook::headOf(SqlConnection &db, DeviceId device) {
  auto found = m_heads.find(device);
  if (found == m_heads.end()) {
    auto query = db.query(R"(SELECT "head", "acked", "expired", "letters", "bytes" FROM "MailboxHead"
                             WHERE "deviceId" = :device)");
    const auto row = query.bind(":device", device).one();
    if (!row) return fail(row.error());
    if (!*row) return nullptr;
    found = m_heads.insert(device,
                           Head{query.number(0), query.number(1), query.number(2), query.number(3), query.number(4)});
  }
  m_touched.append(device);
  return &found.value();
}

Result<qint64> MailboxBook::generationOf(SqlConnection &db, const UserId &user) {
  const auto found = m_generations.constFind(user);
  if (found != m_generations.cend()) return *found;
  auto query = db.query(R"(SELECT "deviceGeneration" FROM "Account" WHERE "id" = :user)");
  const auto row = query.bind(":user", user).one();
  if (!row) return fail(row.error());
  if (!*row) return -1;
  return *m_generations.insert(user, query.number(0));
}

Result<MailboxBook::Share> MailboxBook::shareOf(SqlConnection &db, DeviceId device, const UserId &sender) {
  auto &shares = m_shares[device];
  if (const auto known = shares.constFind(sender); known != shares.cend()) return *known;
  auto query = db.query(R"(SELECT COUNT(*), COALESCE(SUM(length(b."ciphertext")), 0)
                           FROM "Mailbox" b JOIN "Message" m ON m."id" = b."messageId"
                           WHERE b."deviceId" = :device AND m."senderId" = :sender)");
  const auto row = query.bind(":device", device).bind(":sender", sender).one();
  if (!row) return fail(row.error());
  return *shares.insert(sender, Share{query.number(0), query.number(1)});
}

void MailboxBook::added(DeviceId device, const UserId &sender, qint64 bytes) {
  const auto shares = m_shares.find(device);
  if (shares == m_shares.end()) return;
  const auto share = shares->find(sender);
  if (share == shares->end()) return;
  ++share->letters;
  share->bytes += bytes;
}

Result<> MailboxBook::flush(SqlConnection &db) {
  for (const DeviceId device : std::as_const(m_touched)) {
    const auto head = m_heads.find(device);
    if (head == m_heads.end() || !head->isChanged) continue;
    auto query = db.query(R"(UPDATE "MailboxHead" SET "head" = :head, "acked" = :acked, "expired" = :expired,
                             "letters" = :letters, "bytes" = :bytes WHERE "deviceId" = :device)");
    query.bind(":head", head->head).bind(":acked", head->acked).bind(":expired", head->expired);
    query.bind(":letters", head->letters).bind(":bytes", head->bytes).bind(":device", device);
    if (auto written = query.change(); !written) return fail(written.error());
    head->isChanged = false;
  }
  m_touched.clear();
  if (m_heads.size() > m_limit) m_heads.clear();
  if (m_generations.size() > m_limit) m_generations.clear();
  if (m_shares.size() > m_limit) m_shares.clear();
  return {};
}

void MailboxBook::forgetAll() {
  m_heads.clear();
  m_generations.clear();
  m_shares.clear();
  m_touched.clear();
}

}  // namespace gx::server::sql
