// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/database.h"

#include <QFile>
#include <QFileInfo>

#include "core/store/store_error.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class DatabaseTest : public StoreTest {};

TEST_F(DatabaseTest, IsEncryptedAndPrivate) {
  must(database->execute("INSERT INTO setting(name, value) VALUES ('a', 'a very secret sentence')"));
  must(database->checkpoint());
  database.reset();

  QFile store(file());
  ASSERT_TRUE(store.open(QIODevice::ReadOnly));
  const QByteArray bytes = store.readAll();

  EXPECT_FALSE(bytes.startsWith("SQLite format 3"));
  EXPECT_FALSE(bytes.contains("secret"));
  EXPECT_EQ(QFileInfo(file()).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), 0);
}

TEST_F(DatabaseTest, WaitsForTheLogAndTheDisk) {
  EXPECT_EQ(count("PRAGMA synchronous"), 2);
  EXPECT_EQ(count("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(
      must(database->statement("PRAGMA journal_mode").first([](const store::Statement &row) { return row.text(0); })),
      u"wal"_s);
  EXPECT_EQ(count("PRAGMA page_size"), 4096);
}

TEST_F(DatabaseTest, RefusesAWrongKey) {
  database.reset();

  const auto opened = store::Database::open(file(), SecretBytes(QByteArray(32, 'x')));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, store::codes::kUnreadable);
  EXPECT_EQ(opened.error().kind, ErrorKind::Untrusted);
  opens();
}

TEST_F(DatabaseTest, RefusesAKeyOfAnotherSize) {
  EXPECT_EQ(store::Database::open(folder.file(u"other.db"_s), SecretBytes(QByteArray(16, 'x'))).error().kind,
            ErrorKind::Invalid);
  EXPECT_FALSE(QFile::exists(folder.file(u"other.db"_s)));
}

TEST_F(DatabaseTest, RefusesAPlainDatabase) {
  QFile plain(folder.file(u"plain.db"_s));
  ASSERT_TRUE(plain.open(QIODevice::WriteOnly));
  plain.write(QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\0'));
  plain.close();

  const auto opened = store::Database::open(plain.fileName(), key);

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, store::codes::kPlain);
}

TEST_F(DatabaseTest, FindsNothingWrongWithASoundFile) {
  must(database->checkIntegrity());
}

}  // namespace

}  // namespace gx::test
