// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_account_repository.h"

namespace gx::server::sql {

namespace {

Result<domain::Account> accountRow(SqlQuery &query) {
  const auto row = query.one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such account", "not_found");
  return domain::Account{query.id<UserId>(0), query.text(1), query.text(2), query.time(3)};
}

}  // namespace

Async<> SqlAccountRepository::create(domain::Account account, std::optional<QByteArray> inviteHash) {
  return m_store.write(
      [account = std::move(account), inviteHash = std::move(inviteHash)](SqlConnection &db) -> Result<> {
        auto query = db.query(R"(INSERT INTO "Account" ("id", "name", "passwordHash", "createdAt")
                             VALUES (:id, :name, :hash, :now) ON CONFLICT ("name") DO NOTHING)");
        query.bind(":id", account.id).bindText(":name", account.name).bindText(":hash", account.passwordHash);
        const auto made = query.bind(":now", account.createdAt).change();
        if (!made) return fail(made.error());
        if (*made == 0) return fail(ErrorKind::Conflict, "the name is taken", "account_taken");
        return inviteHash ? spendInvite(db, *inviteHash, account.createdAt) : Result<>();
      });
}

Result<> SqlAccountRepository::spendInvite(SqlConnection &db, const QByteArray &hash, WallTime now) {
  auto query = db.query(R"(UPDATE "Invite" SET "usesLeft" = "usesLeft" - 1
                           WHERE "codeHash" = :hash AND "usesLeft" > 0 AND "expiresAt" > :now)");
  const auto spent = query.bind(":hash", hash).bind(":now", now).change();
  if (!spent) return fail(spent.error());
  if (*spent == 0) return fail(ErrorKind::Forbidden, "no such invite", "invite_invalid");
  return {};
}

Async<domain::Account> SqlAccountRepository::find(QByteArray name) {
  return m_store.read([name = std::move(name)](SqlConnection &db) {
    auto query = db.query(R"(SELECT "id", "name", "passwordHash", "createdAt" FROM "Account" WHERE "name" = :name)");
    return accountRow(query.bindText(":name", name));
  });
}

Async<domain::Account> SqlAccountRepository::findById(UserId id) {
  return m_store.read([id](SqlConnection &db) {
    auto query = db.query(R"(SELECT "id", "name", "passwordHash", "createdAt" FROM "Account" WHERE "id" = :id)");
    return accountRow(query.bind(":id", id));
  });
}

Async<> SqlAccountRepository::changePassword(UserId id, QByteArray passwordHash) {
  return m_store.write([id, passwordHash = std::move(passwordHash)](SqlConnection &db) -> Result<> {
    auto query = db.query(R"(UPDATE "Account" SET "passwordHash" = :hash WHERE "id" = :id)");
    const auto changed = query.bindText(":hash", passwordHash).bind(":id", id).change();
    if (!changed) return fail(changed.error());
    if (*changed == 0) return fail(ErrorKind::NotFound, "no such account", "not_found");
    return {};
  });
}

Async<qint64> SqlAccountRepository::count() {
  return m_store.read([](SqlConnection &db) -> Result<qint64> {
    auto query = db.query(R"(SELECT COUNT(*) FROM "Account")");
    if (const auto row = query.one(); !row) return fail(row.error());
    return query.number(0);
  });
}

Async<> SqlAccountRepository::addInvite(QByteArray inviteHash, int uses, WallTime expiresAt) {
  return m_store.write([inviteHash = std::move(inviteHash), uses, expiresAt](SqlConnection &db) -> Result<> {
    auto query = db.query(R"(INSERT INTO "Invite" ("codeHash", "usesLeft", "expiresAt")
                             VALUES (:hash, :uses, :expires))");
    query.bind(":hash", inviteHash).bind(":uses", qint64(uses)).bind(":expires", expiresAt);
    if (auto made = query.change(); !made) return fail(made.error());
    return {};
  });
}

}  // namespace gx::server::sql
