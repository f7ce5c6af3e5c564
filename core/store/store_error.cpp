// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/store_error.h"

#include <sqlcipher/sqlite3.h>

#include <cerrno>

namespace gx::store {

namespace {

bool isNoSpace(int systemError) {
  return systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
}

}  // namespace

Error storeError(int resultCode, QByteArrayView doing, int systemError) {
  const QByteArray detail =
      doing.toByteArray() + ": " + sqlite3_errstr(resultCode) + " (" + QByteArray::number(resultCode) + ")";
  if ((resultCode & 0xff) == SQLITE_IOERR && isNoSpace(systemError)) return {ErrorKind::Full, detail, codes::kDiskFull};
  switch (resultCode & 0xff) {
    case SQLITE_NOTADB:
      return {ErrorKind::Untrusted, detail, codes::kUnreadable};
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return {ErrorKind::Corrupt, detail, codes::kCorrupt};
    case SQLITE_FULL:
      return {ErrorKind::Full, detail, codes::kDiskFull};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {ErrorKind::Storage, detail, codes::kReadOnly};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::Locked, detail, codes::kBusy};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::Conflict, detail, {}};
    default:
      return {ErrorKind::Storage, detail, {}};
  }
}

}  // namespace gx::store
