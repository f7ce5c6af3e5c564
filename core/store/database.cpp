// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/database.h"

#include <sqlcipher/sqlite3.h>
#include <sys/stat.h>

#include <QFile>
#include <cstring>

#include "core/store/store_error.h"

namespace gx::store {

namespace {

constexpr int kBusyMillis = 5000;
constexpr char kPlainHead[] = "SQLite format 3";
constexpr qint64 kPageSize = 4096;

// What is empty is a new store; the library takes what is nearly empty for one, too.
Result<> refuseForeignFile(const QString &path) {
  QFile file(path);
  if (!file.exists() || !file.open(QIODevice::ReadOnly)) return {};  // opening says why
  if (file.size() > 0 && file.size() < kPageSize)
    return fail(ErrorKind::Untrusted, "shorter than a page", codes::kUnreadable);
  if (file.read(sizeof kPlainHead - 1) != QByteArrayView(kPlainHead)) return {};
  return fail(ErrorKind::Internal, "the store is not encrypted", codes::kPlain);
}

// The log and its index take the rights of the file, so it is made before SQLite makes it. Those that a store left
// which could not be written then would keep it so.
void makePrivate(const QString &path) {
  constexpr auto kPrivate = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
  for (const char *suffix : {"-wal", "-shm"}) {
    QFile companion(path + QLatin1StringView(suffix));
    if (companion.exists() && !(companion.permissions() & QFileDevice::WriteOwner)) companion.setPermissions(kPrivate);
  }
  QFile file(path);
  if (file.exists() || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) return;
  file.setPermissions(kPrivate);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const QString &path, const SecretBytes &key) {
  if (key.size() != kKeySize) return fail(ErrorKind::Invalid, "a store key has 32 bytes");
  if (const auto sealed = refuseForeignFile(path); !sealed) return fail(sealed.error());
  makePrivate(path);
  sqlite3 *handle = nullptr;
  const int code =
      sqlite3_open_v2(path.toUtf8().constData(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) return fail(storeError(code, "open", sqlite3_system_errno(handle)));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyMillis);
  if (const auto unlocked = database->unlock(key); !unlocked) return fail(unlocked.error());
  if (const auto ready = database->configure(); !ready) return fail(ready.error());
  if (const auto sealed = refuseForeignFile(path); !sealed) return fail(sealed.error());
  return database;
}

Database::~Database() {
  for (const auto &[sql, statement] : m_idle) sqlite3_finalize(statement);
  sqlite3_close_v2(m_handle);
}

Result<> Database::unlock(const SecretBytes &key) {
  if (!statement("PRAGMA cipher_version")
           .first([](const Statement &row) { return row.text(0); })
           .value_or(std::nullopt))
    return fail(ErrorKind::Internal, "the cipher is not active", codes::kPlain);
  QByteArray sql = "PRAGMA key = \"x'" + key.view().toByteArray().toHex() + "'\"";
  const auto keyed = execute(sql);
  sql.fill('\0');
  if (!keyed) return keyed;
  // Unknown to SQLCipher 3 and ignored there; 4 needs it before the page size to read the same file.
  if (const auto set = execute("PRAGMA cipher_compatibility = 3; PRAGMA cipher_page_size = 4096"); !set) return set;
  return execute("SELECT count(*) FROM sqlite_master");  // the first read is what a wrong key fails at
}

Result<> Database::configure() {
  const auto mode = statement("PRAGMA journal_mode = WAL").first([](const Statement &row) { return row.text(0); });
  if (!mode) return fail(mode.error());
  if (!*mode || (*mode)->compare(QLatin1StringView("wal")) != 0)
    return fail(ErrorKind::Storage, "no write-ahead log here", codes::kReadOnly);
  return execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON");
}

Statement Database::statement(const char *sql) {
  if (const auto idle = m_idle.find(sql); idle != m_idle.end()) {
    sqlite3_stmt *handle = idle->second;
    m_idle.erase(idle);
    return Statement(*this, sql, handle, SQLITE_OK);
  }
  sqlite3_stmt *handle = nullptr;
  const int code = sqlite3_prepare_v2(m_handle, sql, -1, &handle, nullptr);
  return Statement(*this, sql, handle, meaningOf(code));
}

void Database::giveBack(const char *sql, sqlite3_stmt *statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (!m_idle.emplace(sql, statement).second) sqlite3_finalize(statement);
}

Result<> Database::execute(const QByteArray &sql) {
  if (m_lost) return fail(*m_lost);
  const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(noted(storeError(meaningOf(code), "execute", sqlite3_system_errno(m_handle))));
  return {};
}

Result<> Database::begin() {
  auto began = execute("BEGIN IMMEDIATE");
  if (began) m_isInTransaction = true;
  return began;
}

Result<> Database::commit() {
  auto committed = execute("COMMIT");
  if (committed) m_isInTransaction = false;
  return committed;
}

void Database::rollback() {
  m_isInTransaction = false;
  if (!m_lost) static_cast<void>(execute("ROLLBACK"));
  m_lost.reset();
}

Error Database::noted(Error failure) {
  if (m_isInTransaction && !m_lost && sqlite3_get_autocommit(m_handle) != 0) m_lost = failure;
  return failure;
}

// A page whose HMAC is wrong comes as the generic error without a word of its own; all else that is wrong has one.
int Database::meaningOf(int resultCode) const {
  if (resultCode != SQLITE_ERROR || qstrcmp(sqlite3_errmsg(m_handle), sqlite3_errstr(SQLITE_ERROR)) != 0)
    return resultCode;
  return SQLITE_CORRUPT;
}

qint64 Database::lastInsertId() const {
  return sqlite3_last_insert_rowid(m_handle);
}

int Database::changes() const {
  return sqlite3_changes(m_handle);
}

Result<> Database::checkIntegrity() {
  const auto complaints = statement("PRAGMA integrity_check").all([](const Statement &row) { return row.text(0); });
  if (!complaints) return fail(complaints.error());
  if (complaints->size() == 1 && complaints->front() == QLatin1StringView("ok")) return {};
  return fail(ErrorKind::Corrupt, QByteArray::number(qint64(complaints->size())) + " complaints", codes::kCorrupt);
}

Result<> Database::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(m_handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(storeError(code, "checkpoint", sqlite3_system_errno(m_handle)));
  return {};
}

}  // namespace gx::store
