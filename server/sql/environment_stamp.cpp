// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/environment_stamp.h"

namespace gx::server::sql {

Result<QByteArray> environmentStamp(SqlConnection &db) {
  auto query = db.query(R"(SELECT "environment" FROM "StoreInfo" WHERE "id" = 1)");
  const auto found = query.one();
  if (!found) return fail(found.error());
  return *found ? query.text(0) : QByteArray();
}

Result<> checkEnvironmentStamp(SqlConnection &db, const QByteArray &environment, WallTime now) {
  auto insert = db.query(R"(INSERT INTO "StoreInfo" ("id", "environment", "createdAt") VALUES (1, :environment, :now)
                            ON CONFLICT ("id") DO NOTHING)");
  if (auto done = insert.bindText(":environment", environment).bind(":now", now).change(); !done)
    return fail(done.error());
  const auto stamp = environmentStamp(db);
  if (!stamp) return fail(stamp.error());
  if (*stamp == environment) return {};
  return fail(ErrorKind::Conflict, "the store belongs to environment " + *stamp + ", this relay is of " + environment,
              "other_environment");
}

}  // namespace gx::server::sql
