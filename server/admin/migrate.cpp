// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/migrate.h"

#include "server/sql/environment_stamp.h"
#include "server/sql/folder_lock.h"
#include "server/sql/sql_migrations.h"

namespace gx::server::admin {

Result<QByteArray> migrateStore(const config::Config &config, Clock &clock) {
  const auto lock = sql::FolderLock::take(config.dataFolder);
  if (!lock) return fail(lock.error());
  auto db = sql::SqlConnection::openSqlite(config.dataFolder + QLatin1String("/relay.db"), sql::SqlAccess::Write);
  if (!db) return fail(db.error());
  const auto applied = sql::SqlMigrations::apply(**db, clock);
  if (!applied) return fail(applied.error());
  if (const auto stamped = sql::checkEnvironmentStamp(**db, config.environment, clock.wallNow()); !stamped)
    return fail(stamped.error());
  const auto version = sql::SqlMigrations::version(**db);
  if (!version) return fail(version.error());
  return "schema version " + QByteArray::number(*version) + ", " + QByteArray::number(*applied) + " applied now";
}

}  // namespace gx::server::admin
