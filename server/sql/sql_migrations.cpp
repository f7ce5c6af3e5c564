// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_migrations.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <algorithm>

#include "server/sql/sql_transaction.h"

// The macro declares a function of the global namespace.
static void initSchemaResource() {
  Q_INIT_RESOURCE(gx_server_sql_schema);
}

namespace gx::server::sql {

using namespace Qt::StringLiterals;

namespace {

// No statement of ours holds ";\n" in a literal; comments go first, so that they hide nothing.
QStringList statementsOf(const QByteArray &sql) {
  QString text;
  for (const QString &line : QString::fromUtf8(sql).split(u'\n'))
    if (!line.trimmed().startsWith("--"_L1)) text += line + u'\n';
  QStringList statements;
  for (const QString &part : text.split(u";\n"_s))
    if (!part.trimmed().isEmpty()) statements.append(part.trimmed());
  return statements;
}

}  // namespace

std::vector<SqlMigrations::File> SqlMigrations::files() {
  initSchemaResource();
  std::vector<File> all;
  const QDir folder(u":/gx/server/sql/schema/sqlite"_s);
  for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::ReadOnly)) all.push_back({name.left(3).toInt(), name.toUtf8(), file.readAll()});
  }
  return all;
}

QByteArray SqlMigrations::printSql() {
  QByteArray text;
  for (const File &file : files()) text += "-- " + file.name + "\n" + file.sql + "\n";
  return text;
}

Result<int> SqlMigrations::version(SqlConnection &db) {
  if (auto made = db.run(u"CREATE TABLE IF NOT EXISTS \"SchemaVersion\" (\"version\" INTEGER PRIMARY KEY, "
                         "\"name\" TEXT NOT NULL, \"appliedAt\" BIGINT NOT NULL)"_s);
      !made)
    return fail(made.error());
  auto query = db.query(R"(SELECT COALESCE(MAX("version"), 0) FROM "SchemaVersion")");
  const auto row = query.one();
  if (!row) return fail(row.error());
  return int(query.number(0));
}

Result<int> SqlMigrations::apply(SqlConnection &db, const Clock &clock) {
  const auto present = version(db);
  if (!present) return fail(present.error());
  const std::vector<File> all = files();
  if (all.empty()) return fail(ErrorKind::Internal, "the program carries no schema");
  if (*present > all.back().version)
    return fail(ErrorKind::Unsupported, "the database has schema " + QByteArray::number(*present) +
                                            ", this program knows " + QByteArray::number(all.back().version));
  int applied = 0;
  for (const File &file : all) {
    if (file.version <= *present) continue;
    if (auto done = applyOne(db, clock, file); !done) return fail(done.error());
    ++applied;
  }
  return applied;
}

Result<> SqlMigrations::applyOne(SqlConnection &db, const Clock &clock, const File &file) {
  auto transaction = SqlTransaction::begin(db);
  if (!transaction) return fail(transaction.error());
  for (const QString &statement : statementsOf(file.sql)) {
    if (auto done = db.run(statement); !done) {
      Error error = done.error();
      error.detail = file.name + ": " + error.detail;
      return fail(error);
    }
  }
  auto query =
      db.query(R"(INSERT INTO "SchemaVersion" ("version", "name", "appliedAt") VALUES (:version, :name, :appliedAt))");
  query.bind(":version", qint64(file.version)).bindText(":name", file.name).bind(":appliedAt", clock.wallNow());
  if (auto noted = query.change(); !noted) return fail(noted.error());
  return (*transaction)->commit();
}

}  // namespace gx::server::sql
