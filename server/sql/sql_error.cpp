// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_error.h"

#include <QSqlError>

namespace gx::server::sql {

namespace {

// Primary result codes of SQLite.
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kConstraint = 19;
constexpr int kNotADatabase = 26;

}  // namespace

Error sqlError(const QSqlError &error) {
  bool isNumber = false;
  const int native = error.nativeErrorCode().toInt(&isNumber);
  const QByteArray detail = "database: " + error.databaseText().toUtf8();
  if (!isNumber) return Error{ErrorKind::Storage, detail};
  switch (native & 0xff) {
    case kBusy:
    case kLocked:
      return Error{ErrorKind::Unavailable, detail, "unavailable", std::chrono::seconds(1)};
    case kFull:
      return Error{ErrorKind::Full, detail, "storage_full", std::chrono::seconds(15)};
    case kConstraint:
      return Error{ErrorKind::Conflict, detail};
    case kCorrupt:
    case kNotADatabase:
      return Error{ErrorKind::Corrupt, detail};
    case kReadOnly:
    default:
      return Error{ErrorKind::Storage, detail};
  }
}

}  // namespace gx::server::sql
