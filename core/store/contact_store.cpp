// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/contact_store.h"

namespace gx::store {

namespace {

// An alarm makes the person untrusted whatever was verified before.
model::Contact readContact(const Statement &row) {
  model::Contact contact;
  contact.user = row.id<UserId>(0);
  contact.account = row.text(1);
  contact.displayName = row.text(2);
  contact.isBlocked = row.flag(3);
  contact.isRequest = row.flag(4);
  contact.trust = row.flag(5) ? model::Trust::Broken : row.flag(6) ? model::Trust::Verified : model::Trust::Unverified;
  return contact;
}

}  // namespace

Result<std::optional<model::Contact>> ContactStore::contact(UserId user) {
  return m_database
      .statement(
          "SELECT c.user, c.account, c.display_name, c.is_blocked, c.is_request, "
          "coalesce(length(m.alarm) > 0, 0), coalesce(m.is_verified, 0) "
          "FROM contact c LEFT JOIN manifest m ON m.user = c.user WHERE c.user = :user")
      .bind(":user", user)
      .first(readContact);
}

Result<> ContactStore::ensure(UserId user, const QString &account) {
  const auto made =
      m_database.statement("INSERT OR IGNORE INTO contact(user) VALUES (:user)").bind(":user", user).run();
  if (!made || account.isEmpty()) return made;
  return m_database.statement("UPDATE contact SET account = :account WHERE user = :user AND account <> :account")
      .bind(":account", account)
      .bind(":user", user)
      .run();
}

Result<> ContactStore::update(const model::Contact &contact) {
  return m_database
      .statement(
          "UPDATE contact SET account = :account, display_name = :name, is_blocked = :blocked, is_request = :request "
          "WHERE user = :user")
      .bind(":account", contact.account)
      .bind(":name", contact.displayName)
      .bind(":blocked", contact.isBlocked)
      .bind(":request", contact.isRequest)
      .bind(":user", contact.user)
      .run();
}

Result<std::optional<UserId>> ContactStore::userOf(const QString &account) {
  return m_database.statement("SELECT user FROM contact WHERE account = :account LIMIT 1")
      .bind(":account", account)
      .first([](const Statement &row) { return row.id<UserId>(0); });
}

}  // namespace gx::store
