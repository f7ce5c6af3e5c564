// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/store/statement_watch.h"

#include <sqlcipher/sqlite3.h>

namespace gx::test {

namespace {

// One at a time, on one thread: the library calls back without a word of ours.
std::pair<int, QByteArray> dearestStatement;

int noteEnd(unsigned, void *, void *statement, void *) {
  auto *handle = static_cast<sqlite3_stmt *>(statement);
  const int steps = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 1);
  if (steps > dearestStatement.first) dearestStatement = {steps, sqlite3_sql(handle)};
  return 0;
}

int watchConnection(sqlite3 *database, const char **, const void *) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, noteEnd, nullptr);
}

void (*entryPoint())() {
  return reinterpret_cast<void (*)()>(&watchConnection);
}

}  // namespace

StatementWatch::StatementWatch() {
  sqlite3_auto_extension(entryPoint());
}

StatementWatch::~StatementWatch() {
  sqlite3_cancel_auto_extension(entryPoint());
}

void StatementWatch::clear() {
  dearestStatement = {};
}

std::pair<int, QByteArray> StatementWatch::dearest() const {
  return dearestStatement;
}

}  // namespace gx::test
