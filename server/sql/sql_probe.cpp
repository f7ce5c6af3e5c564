// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_probe.h"

#include "server/sql/environment_stamp.h"

namespace gx::server::sql {

namespace {
constexpr int kMostWaitingReads = 1000;
}  // namespace

Async<> SqlProbe::check() {
  if (m_store.pool().waiting() > kMostWaitingReads)
    co_return fail(ErrorKind::Unavailable, "readers are far behind", "unavailable");
  auto ask = [](SqlConnection &db) { return environmentStamp(db); };
  const Result<QByteArray> stamp = co_await m_store.read(ask);
  if (!stamp) co_return fail(stamp.error());
  // An update that changes nothing still needs the lock and the journal.
  auto touch = [](SqlConnection &db) -> Result<> {
    auto query = db.query(R"(UPDATE "StoreInfo" SET "environment" = "environment" WHERE "id" = 1)");
    if (auto done = query.change(); !done) return fail(done.error());
    return {};
  };
  co_return co_await m_store.write(touch);
}

}  // namespace gx::server::sql
