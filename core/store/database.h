// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/store/statement.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gx::store {

// One SQLCipher file, opened with a raw key: WAL, synchronous FULL, foreign keys on. Synchronous; one thread, the
// vault's.
class Database final {
 public:
  static constexpr qsizetype kKeySize = 32;

  // Opens or creates (0600). Errors: store_error.h.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path, const SecretBytes &key);
  ~Database();
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  // `sql` must live as long as the database: a literal. Statements are kept prepared.
  [[nodiscard]] Statement statement(const char *sql);
  // One or more statements without values.
  [[nodiscard]] Result<> execute(const QByteArray &sql);

  // For Transaction alone. A failure may end a transaction by itself (a full disk does): from there to rollback() every
  // statement fails with that error, so that nothing that was to be part of it is written alone.
  [[nodiscard]] Result<> begin();
  [[nodiscard]] Result<> commit();
  void rollback();

  [[nodiscard]] qint64 lastInsertId() const;
  [[nodiscard]] int changes() const;  // rows touched by the last INSERT, UPDATE or DELETE

  // Every page checked; Corrupt with the first complaint's number.
  [[nodiscard]] Result<> checkIntegrity();
  // Moves the log into the file, so that the file alone is complete.
  [[nodiscard]] Result<> checkpoint();

 private:
  friend class Statement;
  explicit Database(sqlite3 *handle) : m_handle(handle) {}
  [[nodiscard]] Result<> unlock(const SecretBytes &key);
  [[nodiscard]] Result<> configure();
  [[nodiscard]] int meaningOf(int resultCode) const;  // of the call that just failed
  void giveBack(const char *sql, sqlite3_stmt *statement);

  Error noted(Error failure);  // gives it back

  sqlite3 *m_handle;
  bool m_isInTransaction = false;
  std::optional<Error> m_lost{};  // what ended the transaction
  std::unordered_map<const char *, sqlite3_stmt *> m_idle;
};

}  // namespace gx::store
