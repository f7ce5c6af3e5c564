// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

#include "core/base/secret_bytes.h"
#include "core/model/account.h"
#include "core/model/mail_cursor.h"
#include "core/store/database.h"

namespace gx::store {

struct AccountRow {
  model::Account account;
  QString relayUrl;
  QString environment;

  bool operator==(const AccountRow &) const = default;
};

struct RefreshRow {
  SecretBytes token;   // empty: none
  QByteArray request;  // empty: none begun
};

struct BootRow {
  qint64 counter = 0;
  qint64 sends = 0;

  bool operator==(const BootRow &) const = default;
};

// The signed-in account: one row, with its tokens and counters.
class AccountStore final {
 public:
  explicit AccountStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<AccountRow>> account();
  // The account of this store; NotFound before sign-in.
  [[nodiscard]] Result<model::DeviceAddress> self();
  [[nodiscard]] Result<> insert(const AccountRow &row);
  [[nodiscard]] Result<> update(const AccountRow &row);

  [[nodiscard]] Result<RefreshRow> refresh();
  [[nodiscard]] Result<> setRefresh(const RefreshRow &refresh);

  [[nodiscard]] Result<BootRow> boot();
  [[nodiscard]] Result<> countBoot();
  [[nodiscard]] Result<> countSend();

  [[nodiscard]] Result<model::MailCursor> mailCursor();
  [[nodiscard]] Result<> setMailCursor(const model::MailCursor &cursor);  // forward only
  [[nodiscard]] Result<> rewindMailCursor(qint64 seq);                    // back only

 private:
  Database &m_database;
};

}  // namespace gx::store
