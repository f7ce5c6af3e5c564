// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/base/async.h"
#include "server/domain/account.h"

namespace gx::server::domain {

// Port. Accounts and the invites that admit new ones. Each method is one atomic act.
class AccountRepository {
 public:
  virtual ~AccountRepository() = default;

  // Conflict account_taken when the name exists. With an invite (SHA-256 of its code) one use of it is spent in the
  // same act: Forbidden invite_invalid when it is unknown, spent or past its time.
  [[nodiscard]] virtual Async<> create(Account account, std::optional<QByteArray> inviteHash) = 0;
  [[nodiscard]] virtual Async<Account> find(QByteArray name) = 0;  // NotFound
  [[nodiscard]] virtual Async<Account> findById(UserId id) = 0;    // NotFound
  [[nodiscard]] virtual Async<> changePassword(UserId id, QByteArray passwordHash) = 0;
  [[nodiscard]] virtual Async<qint64> count() = 0;

  [[nodiscard]] virtual Async<> addInvite(QByteArray inviteHash, int uses, WallTime expiresAt) = 0;
};

}  // namespace gx::server::domain
