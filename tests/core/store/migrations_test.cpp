// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/migrations.h"

#include "core/store/store_error.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class MigrationsTest : public StoreTest {};

TEST_F(MigrationsTest, RunsEachStepOnce) {
  const auto steps = store::schemaSteps();
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(count("PRAGMA user_version"), 2);

  must(store::migrate(*database, steps));
  auto more = steps;
  more.push_back("CREATE TABLE later(id INTEGER PRIMARY KEY)");
  must(store::migrate(*database, more));
  must(store::migrate(*database, more));

  EXPECT_EQ(count("PRAGMA user_version"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM later"), 0);
}

TEST_F(MigrationsTest, RefusesANewerStoreAndLeavesItAlone) {
  must(database->execute("PRAGMA user_version = 99"));

  const auto migrated = store::migrate(*database, store::schemaSteps());

  ASSERT_FALSE(migrated);
  EXPECT_EQ(migrated.error().code, store::codes::kNewer);
  EXPECT_EQ(migrated.error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(count("PRAGMA user_version"), 99);
}

TEST_F(MigrationsTest, LeavesNothingOfAStepThatFails) {  // C22
  auto steps = store::schemaSteps();
  steps.push_back("CREATE TABLE half(id INTEGER); INSERT INTO nowhere VALUES (1)");

  EXPECT_FALSE(store::migrate(*database, steps));

  EXPECT_EQ(count("PRAGMA user_version"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), 0);
}

}  // namespace

}  // namespace gx::test
