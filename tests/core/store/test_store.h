// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QtEndian>

#include "core/store/database.h"
#include "core/store/migrations.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

template <typename Id>
Id idOf(quint32 number) {
  Id id;
  qToBigEndian(number, id.bytes.data() + 12);
  return id;
}

// The value of a result that must be one here.
template <typename T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << describe(result.error()).constData();
    std::abort();
  }
  return std::move(*result);
}
inline void must(const Result<> &result) {
  if (!result) ADD_FAILURE() << describe(result.error()).constData();
}

// An empty, encrypted store with the current schema.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : key(QByteArrayView("0123456789abcdef0123456789abcdef")) { opens(); }
  void opens() {
    database.reset();
    database = must(store::Database::open(file(), key));
    must(store::migrate(*database, store::schemaSteps()));
  }
  [[nodiscard]] QString file() const { return folder.file(QStringLiteral("store.db")); }
  qint64 count(const char *sql) { return must(database->statement(sql).value()); }

  TempFolder folder;
  SecretBytes key;
  std::unique_ptr<store::Database> database;
  const UserId alice = idOf<UserId>(1);
  const UserId bob = idOf<UserId>(2);
  const ConversationId chat = idOf<ConversationId>(3);
};

}  // namespace gx::test
