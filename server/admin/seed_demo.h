// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "server/admin/test_accounts.h"
#include "server/domain/account_repository.h"
#include "server/services/sign_up.h"

namespace gx::server::admin {

// Whether a data folder is a demo's: it then holds a file `demo`, since accounts with public passwords must never be
// served as a relay of one's own, nor be mixed with somebody's accounts.
[[nodiscard]] bool isDemoFolder(const QString &folder);

// Lets a demo use a folder that is its own already or has no account yet, and anybody else one that is no demo's; else
// Conflict.
[[nodiscard]] Async<> claimFolder(QString folder, bool isDemo, domain::AccountRepository &accounts);

// Makes the accounts that are not there yet.
[[nodiscard]] Async<> seedAccounts(services::SignUp &signUp, QList<TestAccount> accounts);

}  // namespace gx::server::admin
