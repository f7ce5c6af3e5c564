// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/mailbox_figures.h"

namespace gx::server::sql {

// From the heads, which are few, and not from the letters.
Async<MailboxFigures> mailboxFigures(SqlStore &store) {
  return store.read([](SqlConnection &db) -> Result<MailboxFigures> {
    auto query = db.query(R"(SELECT COALESCE(SUM("letters"), 0), COALESCE(SUM("bytes"), 0) FROM "MailboxHead")");
    const auto row = query.one();
    if (!row) return fail(row.error());
    return MailboxFigures{query.number(0), query.number(1)};
  });
}

}  // namespace gx::server::sql
