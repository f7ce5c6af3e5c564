// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/store_check.h"

#include <QFile>

#include "core/wire/check_codes.h"
#include "server/sql/environment_stamp.h"
#include "server/sql/sql_migrations.h"

namespace gx::server::admin {

namespace {

using Outcome = Finding::Outcome;

Finding findingOf(const char *code, const Error &error) {
  return {code, Outcome::Failed, describe(error)};
}

Finding checkSchema(sql::SqlConnection &db) {
  const auto version = sql::SqlMigrations::version(db);
  if (!version) return findingOf(wire::checks::kSchema, version.error());
  const int newest = sql::SqlMigrations::files().back().version;
  const QByteArray seen = "version " + QByteArray::number(*version);
  if (*version > newest)
    return {wire::checks::kSchema, Outcome::Failed,
            seen + " is newer than this program, which knows " + QByteArray::number(newest)};
  if (*version < newest)
    return {wire::checks::kSchema, Outcome::Warning, seen + "; the next start brings it up to date"};
  return {wire::checks::kSchema, Outcome::Ok, seen};
}

Finding checkEnvironment(sql::SqlConnection &db, const QByteArray &environment) {
  const auto stamp = sql::environmentStamp(db);
  if (!stamp) return findingOf(wire::checks::kEnvironment, stamp.error());
  if (!stamp->isEmpty() && *stamp != environment)
    return {wire::checks::kEnvironment, Outcome::Failed,
            "the store belongs to " + *stamp + ", the relay to " + environment};
  return {wire::checks::kEnvironment, Outcome::Ok, environment};
}

Finding checkIntegrity(sql::SqlConnection &db) {
  auto query = db.query("PRAGMA quick_check(1)");
  const auto found = query.one();
  if (!found) return findingOf(wire::checks::kIntegrity, found.error());
  if (*found && query.text(0) == "ok") return {wire::checks::kIntegrity, Outcome::Ok};
  return {wire::checks::kIntegrity, Outcome::Failed, "the database is damaged; restore a backup"};
}

}  // namespace

QList<Finding> checkStore(const QString &folder, const QByteArray &environment) {
  const QString path = folder + QLatin1String("/relay.db");
  if (!QFile::exists(path)) {
    const QByteArray none = "no store yet; the first start makes it";
    return {{wire::checks::kSchema, Outcome::Ok, none},
            {wire::checks::kEnvironment, Outcome::Ok, none},
            {wire::checks::kIntegrity, Outcome::Ok, none}};
  }
  auto db = sql::SqlConnection::openSqlite(path, sql::SqlAccess::Read);
  if (!db)
    return {findingOf(wire::checks::kSchema, db.error()),
            {wire::checks::kEnvironment, Outcome::Skipped},
            {wire::checks::kIntegrity, Outcome::Skipped}};
  return {checkSchema(**db), checkEnvironment(**db, environment), checkIntegrity(**db)};
}

}  // namespace gx::server::admin
