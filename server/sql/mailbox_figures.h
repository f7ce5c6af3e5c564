// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/sql/sql_store.h"

namespace gx::server::sql {

// What waits in all mailboxes of a store.
struct MailboxFigures {
  qint64 letters = 0;
  qint64 bytes = 0;  // of ciphertext

  bool operator==(const MailboxFigures &) const = default;
};
[[nodiscard]] Async<MailboxFigures> mailboxFigures(SqlStore &store);

}  // namespace gx::server::sql
