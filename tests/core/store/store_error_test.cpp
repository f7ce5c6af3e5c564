// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/store_error.h"

#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>

#include <cerrno>

namespace gx::test {

namespace {

struct StoreErrorCase {
  int resultCode;
  int systemError;
  ErrorKind kind;
  const char *code;
};

TEST(StoreError, NamesEveryResultAPersonMayMeet) {
  const StoreErrorCase cases[] = {{SQLITE_NOTADB, 0, ErrorKind::Untrusted, store::codes::kUnreadable},
                                  {SQLITE_CORRUPT, 0, ErrorKind::Corrupt, store::codes::kCorrupt},
                                  {SQLITE_CORRUPT_VTAB, 0, ErrorKind::Corrupt, store::codes::kCorrupt},
                                  {SQLITE_FULL, 0, ErrorKind::Full, store::codes::kDiskFull},
                                  {SQLITE_IOERR_WRITE, ENOSPC, ErrorKind::Full, store::codes::kDiskFull},
                                  {SQLITE_IOERR_WRITE, EDQUOT, ErrorKind::Full, store::codes::kDiskFull},
                                  {SQLITE_IOERR_WRITE, EIO, ErrorKind::Storage, ""},
                                  {SQLITE_READONLY, 0, ErrorKind::Storage, store::codes::kReadOnly},
                                  {SQLITE_READONLY_CANTLOCK, 0, ErrorKind::Storage, store::codes::kReadOnly},
                                  {SQLITE_CANTOPEN, 0, ErrorKind::Storage, store::codes::kReadOnly},
                                  {SQLITE_BUSY, 0, ErrorKind::Locked, store::codes::kBusy},
                                  {SQLITE_BUSY_SNAPSHOT, 0, ErrorKind::Locked, store::codes::kBusy},
                                  {SQLITE_CONSTRAINT_UNIQUE, 0, ErrorKind::Conflict, ""}};
  for (const StoreErrorCase &one : cases) {
    const Error error = store::storeError(one.resultCode, "act", one.systemError);
    EXPECT_EQ(error.kind, one.kind) << one.resultCode;
    EXPECT_EQ(error.code, one.code) << one.resultCode;
    EXPECT_TRUE(error.detail.startsWith("act: ")) << error.detail.constData();
  }
}

}  // namespace

}  // namespace gx::test
