// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/database.h"

#include <QFile>
#include <QFileInfo>

#include "core/store/store_error.h"
#include "core/store/transaction.h"
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

TEST_F(DatabaseTest, TellsADamagedFile) {
  for (int i = 0; i < 300; ++i)
    must(database->execute("INSERT INTO setting(name, value) VALUES (hex(randomblob(8)), hex(randomblob(400)))"));
  must(database->checkpoint());
  database.reset();
  QFile store(file());
  ASSERT_TRUE(store.open(QIODevice::ReadWrite));
  store.seek(store.size() - 8192 + 100);
  store.write("damage");
  store.close();

  const auto opened = store::Database::open(file(), key);

  ASSERT_TRUE(opened);
  const auto checked = (*opened)->checkIntegrity();
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::Corrupt);
}

TEST_F(DatabaseTest, FindsNothingWrongWithASoundFile) {
  must(database->checkIntegrity());
}

TEST_F(DatabaseTest, SaysThatTheDiskIsFullAndWorksWhenItIsNot) {
  must(database->execute("CREATE TABLE big(data BLOB)"));
  const qint64 pages = count("PRAGMA page_count");
  must(database->execute("PRAGMA max_page_count = " + QByteArray::number(pages + 10)));
  Result<> written;
  for (int i = 0; i < 100 && written; ++i) written = database->execute("INSERT INTO big VALUES (randomblob(3000))");

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::Full);
  EXPECT_EQ(written.error().code, store::codes::kDiskFull);
  must(database->execute("PRAGMA max_page_count = 100000"));
  must(database->execute("INSERT INTO big VALUES (randomblob(3000))"));
  must(database->checkIntegrity());
}

TEST_F(DatabaseTest, SaysWhereItCannotWrite) {
  const auto opened = store::Database::open(folder.file(u"no/such/folder/store.db"_s), key);

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, store::codes::kReadOnly);
}

TEST_F(DatabaseTest, RollsBackWhatWasNotCommitted) {
  {
    store::Transaction transaction(*database);
    must(transaction.began());
    must(database->execute("INSERT INTO setting(name, value) VALUES ('a', 'b')"));
  }
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 0);
  store::Transaction transaction(*database);
  must(database->execute("INSERT INTO setting(name, value) VALUES ('a', 'b')"));
  must(transaction.commit());
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 1);
}

TEST_F(DatabaseTest, TakesBackAPartAlone) {
  store::Transaction transaction(*database);
  must(database->execute("INSERT INTO setting(name, value) VALUES ('kept', '')"));
  {
    store::Savepoint part(*database);
    must(database->execute("INSERT INTO setting(name, value) VALUES ('gone', '')"));
    must(part.undo());
  }
  {
    store::Savepoint part(*database);
    must(database->execute("INSERT INTO setting(name, value) VALUES ('gone too', '')"));
  }
  {
    store::Savepoint part(*database);
    must(database->execute("INSERT INTO setting(name, value) VALUES ('also kept', '')"));
    must(part.keep());
  }
  must(transaction.commit());

  EXPECT_EQ(count("SELECT count(*) FROM setting WHERE name IN ('kept', 'also kept')"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 2);
}

}  // namespace

}  // namespace gx::test
