// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/account_store.h"

namespace gx::store {

namespace {

AccountRow readAccount(const Statement &row) {
  AccountRow result;
  result.account.self = {row.id<UserId>(0), row.device(1)};
  result.account.name = row.text(2);
  result.account.deviceName = row.text(3);
  result.account.isApproved = row.flag(4);
  result.relayUrl = row.text(5);
  result.environment = row.text(6);
  return result;
}

void bindAccount(Statement &statement, const AccountRow &row) {
  statement.bind(":user", row.account.self.user)
      .bind(":device", row.account.self.device)
      .bind(":name", row.account.name)
      .bind(":device_name", row.account.deviceName)
      .bind(":is_approved", row.account.isApproved)
      .bind(":relay_url", row.relayUrl)
      .bind(":environment", row.environment);
}

}  // namespace

Result<std::optional<AccountRow>> AccountStore::account() {
  return m_database
      .statement("SELECT user, device, name, device_name, is_approved, relay_url, environment FROM account")
      .first(readAccount);
}

Result<model::DeviceAddress> AccountStore::self() {
  const auto row = account();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "nobody is signed in");
  return (*row)->account.self;
}

Result<> AccountStore::insert(const AccountRow &row) {
  auto statement = m_database.statement(
      "INSERT INTO account(id, user, device, name, device_name, is_approved, relay_url, environment) "
      "VALUES (1, :user, :device, :name, :device_name, :is_approved, :relay_url, :environment)");
  bindAccount(statement, row);
  return statement.run();
}

Result<> AccountStore::update(const AccountRow &row) {
  auto statement = m_database.statement(
      "UPDATE account SET user = :user, device = :device, name = :name, device_name = :device_name, "
      "is_approved = :is_approved, relay_url = :relay_url, environment = :environment");
  bindAccount(statement, row);
  return statement.run();
}

Result<RefreshRow> AccountStore::refresh() {
  auto statement = m_database.statement("SELECT refresh_token, refresh_request FROM account");
  RefreshRow refresh;
  const auto found = statement.step();
  if (!found) return fail(found.error());
  if (!*found) return refresh;
  QByteArray token = statement.bytes(0);
  refresh.token = SecretBytes::taking(token);
  refresh.request = statement.bytes(1);
  return refresh;
}

Result<> AccountStore::setRefresh(const RefreshRow &refresh) {
  return m_database.statement("UPDATE account SET refresh_token = :token, refresh_request = :request")
      .bind(":token", refresh.token.view().toByteArray())
      .bind(":request", refresh.request)
      .run();
}

Result<BootRow> AccountStore::boot() {
  const auto row = m_database.statement("SELECT boot_counter, sends FROM account").first([](const Statement &r) {
    return BootRow{r.number(0), r.number(1)};
  });
  if (!row) return fail(row.error());
  return row->value_or(BootRow());
}

Result<> AccountStore::countBoot() {
  return m_database.statement("UPDATE account SET boot_counter = boot_counter + 1").run();
}

Result<> AccountStore::countSend() {
  return m_database.statement("UPDATE account SET sends = sends + 1").run();
}

Result<model::MailCursor> AccountStore::mailCursor() {
  const auto row = m_database.statement("SELECT mail_cursor, mail_letter FROM account").first([](const Statement &r) {
    return model::MailCursor{r.number(0), r.optionalId<MessageId>(1)};
  });
  if (!row) return fail(row.error());
  return row->value_or(model::MailCursor());
}

Result<> AccountStore::setMailCursor(const model::MailCursor &cursor) {
  auto update =
      m_database.statement("UPDATE account SET mail_cursor = :seq, mail_letter = :letter WHERE mail_cursor < :seq");
  return update.bind(":seq", cursor.seq).bind(":letter", cursor.letter).run();
}

Result<> AccountStore::rewindMailCursor(qint64 seq) {
  auto update =
      m_database.statement("UPDATE account SET mail_cursor = :seq, mail_letter = NULL WHERE mail_cursor > :seq");
  return update.bind(":seq", seq).run();
}

}  // namespace gx::store
