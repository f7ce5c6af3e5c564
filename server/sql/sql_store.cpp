// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_store.h"

#include <QDir>
#include <QFile>

#include "core/wire/limits.h"
#include "server/sql/environment_stamp.h"
#include "server/sql/sql_migrations.h"

namespace gx::server::sql {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<SqlStore>> SqlStore::open(SqlStoreSettings settings, Clock &clock) {
  if (settings.mailboxLetters <= 0) settings.mailboxLetters = wire::limits::kMailboxEnvelopes;
  if (settings.mailboxBytes <= 0) settings.mailboxBytes = wire::limits::kMailboxBytes;
  if (settings.mailboxSenders <= 0) settings.mailboxSenders = wire::limits::kMailboxSenders;
  std::unique_ptr<SqlStore> store(new SqlStore(std::move(settings), clock));
  if (auto prepared = store->prepare(); !prepared) return fail(prepared.error());
  return store;
}

SqlStore::~SqlStore() = default;

QString SqlStore::path() const {
  return QDir(m_settings.folder).filePath(u"relay.db"_s);
}

Result<> SqlStore::prepare() {
  auto lock = FolderLock::take(m_settings.folder);
  if (!lock) return fail(lock.error());
  m_lock = std::move(*lock);
  {
    auto db = SqlConnection::openSqlite(path(), SqlAccess::Write);
    if (!db) return fail(db.error());
    QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner);
    if (auto applied = SqlMigrations::apply(**db, m_clock); !applied) return fail(applied.error());
    if (auto same = checkEnvironmentStamp(**db, m_settings.environment, m_clock.wallNow()); !same) return same;
  }
  auto writer = GroupWriter::start(path(), m_book);
  if (!writer) return fail(writer.error());
  m_writer = std::move(*writer);
  auto pool = SqlPool::open(path(), m_settings.readers);
  if (!pool) return fail(pool.error());
  m_pool = std::move(*pool);
  return {};
}

}  // namespace gx::server::sql
