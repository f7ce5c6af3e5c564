// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_store.h"

#include <QFileInfo>

#include "server/sql/environment_stamp.h"
#include "server/sql/sql_probe.h"
#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::environmentStamp;
using server::sql::SqlProbe;

TEST(SqlStore, OpensAFreshFolderAndAgain) {
  TempFolder folder;
  ManualClock clock;
  SqlStoreSettings settings = storeIn(folder);
  settings.folder = folder.file(u"made/for it"_s);
  for (int i = 0; i < 2; ++i) {
    auto store = SqlStore::open(settings, clock);
    ASSERT_TRUE(store) << describe(store.error()).constData();
    EXPECT_TRUE(await((*store)->read([](SqlConnection &db) { return environmentStamp(db); })));
  }
  const auto mode = QFileInfo(settings.folder).permissions();
  EXPECT_FALSE(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther));
  EXPECT_FALSE(QFileInfo(settings.folder + u"/relay.db"_s).permissions() & (QFile::ReadGroup | QFile::ReadOther));
}

// Case 218.
TEST(SqlStore, RefusesASecondRelayOnOneFolder) {
  TempFolder folder;
  ManualClock clock;
  auto first = SqlStore::open(storeIn(folder), clock);
  ASSERT_TRUE(first);

  const auto second = SqlStore::open(storeIn(folder), clock);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Locked);
  EXPECT_TRUE(second.error().detail.contains(QByteArray::number(QCoreApplication::applicationPid())));
  first->reset();
  EXPECT_TRUE(SqlStore::open(storeIn(folder), clock));
}

TEST(SqlStore, RefusesTheStoreOfAnotherEnvironmentNamingBoth) {
  TempFolder folder;
  ManualClock clock;
  ASSERT_TRUE(SqlStore::open(storeIn(folder, "testnet"), clock));

  const auto other = SqlStore::open(storeIn(folder, "mainnet"), clock);

  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, "other_environment");
  EXPECT_TRUE(other.error().detail.contains("testnet"));
  EXPECT_TRUE(other.error().detail.contains("mainnet"));
  EXPECT_TRUE(SqlStore::open(storeIn(folder, "testnet"), clock));
}

TEST(SqlStore, WritesBeforeItReads) {
  TempFolder folder;
  ManualClock clock;
  auto store = SqlStore::open(storeIn(folder), clock).value();

  const auto written = await(store->write([](SqlConnection &db) -> Result<int> {
    auto query = db.query(R"(INSERT INTO "Invite" VALUES (:hash, 1, 2))");
    return query.bind(":hash", QByteArray("h")).change();
  }));
  const auto read = await(store->read([](SqlConnection &db) -> Result<bool> {
    auto query = db.query(R"(SELECT 1 FROM "Invite")");
    return query.one();
  }));

  EXPECT_EQ(written, 1);
  EXPECT_EQ(read, true);
}

TEST(SqlProbe, IsWellOnAWorkingStoreAndNotOnABrokenOne) {
  TempFolder folder;
  ManualClock clock;
  auto store = SqlStore::open(storeIn(folder), clock).value();
  SqlProbe probe(*store);
  EXPECT_EQ(probe.name(), "database");
  EXPECT_TRUE(probe.isCritical());
  EXPECT_TRUE(await(probe.check()));

  ASSERT_TRUE(await(store->write([](SqlConnection &db) -> Result<int> {
    if (auto dropped = db.run(u"DROP TABLE \"StoreInfo\""_s); !dropped) return fail(dropped.error());
    return 1;
  })));

  EXPECT_FALSE(await(probe.check()));
}

TEST(FolderLock, RefusesALinkInItsPlaceAndAFolderItCannotMake) {
  TempFolder folder;
  ASSERT_TRUE(QFile::link(u"/tmp/elsewhere"_s, folder.file(u"lock"_s)));

  EXPECT_EQ(FolderLock::take(folder.path()).error().kind, ErrorKind::Storage);
  EXPECT_EQ(FolderLock::take(u"/proc/nothing/here"_s).error().kind, ErrorKind::Storage);
}

}  // namespace gx::test
