// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QSqlQuery>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"

namespace gx::server::sql {

// A prepared statement borrowed from its SqlConnection for one use: values by name, columns by position. Goes back,
// reset, when it goes out of scope, so that no read stays open. Lives in the connection's thread.
//
//   auto query = db.query(R"(SELECT "name" FROM "Account" WHERE "id" = :id)");
//   const auto found = query.bind(":id", id).one();
class SqlQuery final {
 public:
  explicit SqlQuery(QSqlQuery &statement) : m_statement(statement) {}
  ~SqlQuery() { m_statement.finish(); }
  SqlQuery(const SqlQuery &) = delete;
  SqlQuery &operator=(const SqlQuery &) = delete;

  SqlQuery &bind(const char *name, qint64 number);
  SqlQuery &bind(const char *name, const QByteArray &bytes);
  SqlQuery &bind(const char *name, WallTime time) { return bind(name, toMillis(time)); }
  SqlQuery &bind(const char *name, DeviceId id) { return bind(name, qint64(id.value)); }
  template <typename Tag>
  SqlQuery &bind(const char *name, const Uuid<Tag> &id) {
    return bind(name, uuidBytes(id.bytes));
  }
  SqlQuery &bindText(const char *name, QByteArrayView utf8);
  SqlQuery &bindNull(const char *name);

  // Runs; how many rows were changed.
  [[nodiscard]] Result<int> change();
  // Runs, and stands on the first row if there is one.
  [[nodiscard]] Result<bool> one();
  // Runs, and calls row(query) for each row.
  template <typename Row>
  [[nodiscard]] Result<> each(Row row) {
    if (auto started = start(); !started) return started;
    while (m_statement.next()) row(*this);
    return verdict();
  }

  [[nodiscard]] qint64 number(int column) const { return m_statement.value(column).toLongLong(); }
  [[nodiscard]] QByteArray bytes(int column) const { return m_statement.value(column).toByteArray(); }
  [[nodiscard]] QByteArray text(int column) const { return m_statement.value(column).toString().toUtf8(); }
  [[nodiscard]] WallTime time(int column) const { return fromMillis(number(column)); }
  [[nodiscard]] DeviceId device(int column) const { return DeviceId{static_cast<quint32>(number(column))}; }
  [[nodiscard]] bool isNull(int column) const { return m_statement.isNull(column); }
  template <typename Id>
  [[nodiscard]] Id id(int column) const {
    return Id{uuidOf(bytes(column))};
  }

 private:
  [[nodiscard]] static QByteArray uuidBytes(const std::array<unsigned char, 16> &id);
  [[nodiscard]] static std::array<unsigned char, 16> uuidOf(const QByteArray &bytes);
  [[nodiscard]] Result<> start();
  [[nodiscard]] Result<> verdict() const;

  QSqlQuery &m_statement;
};

}  // namespace gx::server::sql
