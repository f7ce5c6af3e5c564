// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QFile>
#include <QFileInfo>

#include "core/store/setting_store.h"
#include "core/store/store_error.h"
#include "core/store/transaction.h"
#include "tests/core/store/store_child.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class TwoProcessesTest : public StoreTest {
 protected:
  store::SettingStore settings{*database};
};

TEST_F(TwoProcessesTest, DoNotWriteAtOnce) {
  StoreChild other("hold", file(), key);
  ASSERT_TRUE(other.isReady());
  must(database->execute("PRAGMA busy_timeout = 20"));

  const auto set = settings.set(u"theme"_s, u"dark"_s);

  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, ErrorKind::Locked);
  EXPECT_EQ(set.error().code, store::codes::kBusy);
  EXPECT_EQ(store::Transaction(*database).began().error().code, store::codes::kBusy);
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 0) << "reading sees what was committed";
  other.letGo();
  must(settings.set(u"theme"_s, u"dark"_s));
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 201);
}

TEST_F(TwoProcessesTest, DoNotMigrateAtOnce) {
  StoreChild other("hold", file(), key);
  ASSERT_TRUE(other.isReady());
  must(database->execute("PRAGMA busy_timeout = 20"));
  auto steps = store::schemaSteps();
  steps.push_back("CREATE TABLE later(id INTEGER PRIMARY KEY)");

  EXPECT_EQ(store::migrate(*database, steps).error().code, store::codes::kBusy);
  other.letGo();
  must(store::migrate(*database, steps));
}

TEST_F(TwoProcessesTest, TheOneThatIsKilledLeavesALogThatIsTakenUp) {
  database.reset();
  StoreChild other("die", file(), key);
  ASSERT_TRUE(other.wasKilled());
  ASSERT_GT(QFileInfo(file() + u"-wal"_s).size(), 0);

  opens();

  EXPECT_EQ(count("SELECT count(*) FROM setting"), 200) << "all that was committed and nothing else";
  must(database->checkIntegrity());
  must(database->checkpoint());
  EXPECT_EQ(QFileInfo(file() + u"-wal"_s).size(), 0);
}

TEST_F(TwoProcessesTest, TheOneThatIsKilledLosesNothingWithoutItsIndexOfTheLog) {
  database.reset();
  StoreChild other("die", file(), key);
  ASSERT_TRUE(other.wasKilled());
  ASSERT_TRUE(QFile::remove(file() + u"-shm"_s));

  opens();

  EXPECT_EQ(count("SELECT count(*) FROM setting"), 200);
}

TEST_F(TwoProcessesTest, AWrongKeyDoesNotEatTheLog) {
  database.reset();
  StoreChild other("die", file(), key);
  ASSERT_TRUE(other.wasKilled());

  const auto opened = store::Database::open(file(), SecretBytes(QByteArray(32, 'x')));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, store::codes::kUnreadable);
  opens();
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 200);
}

}  // namespace

}  // namespace gx::test
