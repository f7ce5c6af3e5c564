// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_query.h"

#include <QSqlError>
#include <QVariant>
#include <algorithm>

#include "server/sql/sql_error.h"

namespace gx::server::sql {

SqlQuery &SqlQuery::bind(const char *name, qint64 number) {
  m_statement.bindValue(QLatin1StringView(name), number);
  return *this;
}

SqlQuery &SqlQuery::bind(const char *name, const QByteArray &bytes) {
  // A null array would be bound as NULL; for us it is no bytes.
  m_statement.bindValue(QLatin1StringView(name), bytes.isNull() ? QByteArray("") : bytes);
  return *this;
}

SqlQuery &SqlQuery::bindText(const char *name, QByteArrayView utf8) {
  const QString text = QString::fromUtf8(utf8);
  m_statement.bindValue(QLatin1StringView(name), text.isNull() ? QString(QLatin1StringView("")) : text);
  return *this;
}

SqlQuery &SqlQuery::bindNull(const char *name) {
  m_statement.bindValue(QLatin1StringView(name), QVariant());
  return *this;
}

Result<int> SqlQuery::change() {
  if (auto started = start(); !started) return fail(started.error());
  return m_statement.numRowsAffected();
}

Result<bool> SqlQuery::one() {
  if (auto started = start(); !started) return fail(started.error());
  if (m_statement.next()) return true;
  if (auto end = verdict(); !end) return fail(end.error());
  return false;
}

QByteArray SqlQuery::uuidBytes(const std::array<unsigned char, 16> &id) {
  return QByteArray(reinterpret_cast<const char *>(id.data()), qsizetype(id.size()));
}

std::array<unsigned char, 16> SqlQuery::uuidOf(const QByteArray &bytes) {
  std::array<unsigned char, 16> id{};
  if (bytes.size() == qsizetype(id.size())) std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

Result<> SqlQuery::start() {
  if (m_statement.exec()) return {};
  return fail(sqlError(m_statement.lastError()));
}

Result<> SqlQuery::verdict() const {
  if (!m_statement.lastError().isValid()) return {};
  return fail(sqlError(m_statement.lastError()));
}

}  // namespace gx::server::sql
