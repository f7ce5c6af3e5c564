// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/statement.h"

#include <sqlcipher/sqlite3.h>

#include <cstring>
#include <utility>

#include "core/store/database.h"
#include "core/store/store_error.h"

namespace gx::store {

Statement::Statement(Database &database, const char *sql, sqlite3_stmt *handle, int failure)
    : m_database(&database), m_sql(sql), m_handle(handle), m_failure(failure) {}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database),
      m_sql(other.m_sql),
      m_handle(std::exchange(other.m_handle, nullptr)),
      m_failure(other.m_failure) {}

Statement::~Statement() {
  if (m_handle) m_database->giveBack(m_sql, m_handle);
}

int Statement::place(const char *name) {
  const int index = m_handle ? sqlite3_bind_parameter_index(m_handle, name) : 0;
  if (index == 0) note(SQLITE_RANGE);
  return index;
}

void Statement::note(int resultCode) {
  if (resultCode != SQLITE_OK && m_failure == SQLITE_OK) m_failure = resultCode;
}

Statement &Statement::bind(const char *name, qint64 value) {
  if (const int index = place(name)) note(sqlite3_bind_int64(m_handle, index, value));
  return *this;
}

Statement &Statement::bind(const char *name, const QByteArray &value) {
  // An empty array is an empty blob, not NULL: its data pointer is never null.
  if (const int index = place(name))
    note(sqlite3_bind_blob64(m_handle, index, value.constData(), static_cast<sqlite3_uint64>(value.size()),
                             SQLITE_TRANSIENT));
  return *this;
}

Statement &Statement::bind(const char *name, const QString &value) {
  const QByteArray utf8 = value.toUtf8();
  if (const int index = place(name))
    note(sqlite3_bind_text64(m_handle, index, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement &Statement::bindNull(const char *name) {
  if (const int index = place(name)) note(sqlite3_bind_null(m_handle, index));
  return *this;
}

Error Statement::failure(int resultCode, int systemError) const {
  return storeError(resultCode, QByteArrayView(m_sql).first(qMin(qsizetype{40}, QByteArrayView(m_sql).size())),
                    systemError);
}

Result<bool> Statement::step() {
  if (m_database->m_lost) return fail(*m_database->m_lost);
  if (m_failure != SQLITE_OK) return fail(failure(m_failure, 0));
  const int code = sqlite3_step(m_handle);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3 *database = sqlite3_db_handle(m_handle);
  const int meaning = m_database->meaningOf(sqlite3_extended_errcode(database));
  return fail(m_database->noted(failure(meaning, sqlite3_system_errno(database))));
}

Result<> Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return fail(row.error());
    if (!*row) return {};
  }
}

Result<qint64> Statement::value() {
  const auto row = step();
  if (!row) return fail(row.error());
  return *row ? number(0) : 0;
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

qint64 Statement::number(int column) const {
  return sqlite3_column_int64(m_handle, column);
}

QByteArray Statement::bytes(int column) const {
  const void *data = sqlite3_column_blob(m_handle, column);
  return QByteArray(static_cast<const char *>(data), sqlite3_column_bytes(m_handle, column));
}

QString Statement::text(int column) const {
  const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_handle, column));
  return QString::fromUtf8(data, sqlite3_column_bytes(m_handle, column));
}

void Statement::copyId(int column, unsigned char *into) const {
  const void *data = sqlite3_column_blob(m_handle, column);
  if (data && sqlite3_column_bytes(m_handle, column) == 16) std::memcpy(into, data, 16);
}

}  // namespace gx::store
