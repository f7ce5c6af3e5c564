// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"

struct sqlite3_stmt;

namespace gx::store {

class Database;

// A prepared statement on loan from its Database: values by name (":user"), rows by column number. Given back when it
// goes. A value that could not be bound, or SQL that could not be prepared, is told by the next step().
class Statement final {
 public:
  Statement(Statement &&other) noexcept;
  Statement &operator=(Statement &&) = delete;
  Statement(const Statement &) = delete;
  ~Statement();

  Statement &bind(const char *name, qint64 value);
  Statement &bind(const char *name, int value) { return bind(name, qint64{value}); }
  Statement &bind(const char *name, quint32 value) { return bind(name, qint64{value}); }
  Statement &bind(const char *name, quint64 value) { return bind(name, static_cast<qint64>(value)); }
  Statement &bind(const char *name, bool value) { return bind(name, qint64{value ? 1 : 0}); }
  Statement &bind(const char *name, const QByteArray &value);
  Statement &bind(const char *name, const QString &value);
  Statement &bind(const char *name, WallTime value) { return bind(name, toMillis(value)); }
  Statement &bind(const char *name, DeviceId value) { return bind(name, qint64{value.value}); }
  template <typename Tag>
  Statement &bind(const char *name, const Uuid<Tag> &id) {
    return bind(name, QByteArray(reinterpret_cast<const char *>(id.bytes.data()), id.bytes.size()));
  }
  template <typename T>
  Statement &bind(const char *name, const std::optional<T> &value) {
    return value ? bind(name, *value) : bindNull(name);
  }
  Statement &bindNull(const char *name);

  // True while there is a row.
  [[nodiscard]] Result<bool> step();
  // To the end, rows ignored.
  [[nodiscard]] Result<> run();

  [[nodiscard]] bool isNull(int column) const;
  [[nodiscard]] qint64 number(int column) const;
  [[nodiscard]] int integer(int column) const { return static_cast<int>(number(column)); }
  [[nodiscard]] bool flag(int column) const { return number(column) != 0; }
  [[nodiscard]] QByteArray bytes(int column) const;
  [[nodiscard]] QString text(int column) const;
  [[nodiscard]] WallTime time(int column) const { return fromMillis(number(column)); }
  [[nodiscard]] DeviceId device(int column) const { return DeviceId{static_cast<quint32>(number(column))}; }
  // The null id if the column holds anything but 16 bytes.
  template <typename Id>
  [[nodiscard]] Id id(int column) const {
    Id id;
    copyId(column, id.bytes.data());
    return id;
  }
  template <typename Id>
  [[nodiscard]] std::optional<Id> optionalId(int column) const {
    if (isNull(column)) return std::nullopt;
    return id<Id>(column);
  }
  [[nodiscard]] std::optional<WallTime> optionalTime(int column) const {
    if (isNull(column)) return std::nullopt;
    return time(column);
  }

  // All rows, each made a value by `read(statement)`.
  template <typename Read>
  [[nodiscard]] auto all(Read read) -> Result<std::vector<std::invoke_result_t<Read, const Statement &>>> {
    std::vector<std::invoke_result_t<Read, const Statement &>> rows;
    for (;;) {
      const auto row = step();
      if (!row) return fail(row.error());
      if (!*row) return rows;
      rows.push_back(read(*this));
    }
  }
  // The first row, if there is one.
  template <typename Read>
  [[nodiscard]] auto first(Read read) -> Result<std::optional<std::invoke_result_t<Read, const Statement &>>> {
    const auto row = step();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return std::optional(read(*this));
  }
  // The first column of the first row, 0 without a row.
  [[nodiscard]] Result<qint64> value();

 private:
  friend class Database;
  Statement(Database &database, const char *sql, sqlite3_stmt *handle, int failure);
  void copyId(int column, unsigned char *into) const;
  [[nodiscard]] int place(const char *name);
  void note(int resultCode);
  [[nodiscard]] Error failure(int resultCode, int systemError) const;

  Database *m_database;
  const char *m_sql;
  sqlite3_stmt *m_handle;
  int m_failure;  // result code of what went wrong before step(), else 0
};

}  // namespace gx::store
