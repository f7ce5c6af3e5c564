// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/migrations.h"

#include "core/store/message_search.h"
#include "core/store/store_error.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class MigrationsTest : public StoreTest {
 protected:
  MigrationsTest() : steps(store::schemaSteps()) {}

  // A store as a version of this program with `version` steps left it.
  void makesStoreOf(std::size_t version) {
    database.reset();
    for (const char *suffix : {"", "-wal", "-shm"}) QFile::remove(file() + QLatin1StringView(suffix));
    database = must(store::Database::open(file(), key));
    must(store::migrate(*database, {steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(version)}));
  }
  // Every table, index and trigger with its SQL, but for the shadow tables of the search index.
  std::vector<QString> schema() {
    return must(database
                    ->statement("SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE "
                                "'message\\_search\\_%' ESCAPE '\\' OR type = 'trigger' ORDER BY type, name")
                    .all([](const store::Statement &row) { return row.text(0); }));
  }
  const std::vector<QByteArray> steps;
};

TEST_F(MigrationsTest, RunsEachStepOnce) {
  EXPECT_EQ(count("PRAGMA user_version"), static_cast<qint64>(steps.size()));

  must(store::migrate(*database, steps));
  auto more = steps;
  more.push_back("CREATE TABLE later(id INTEGER PRIMARY KEY)");
  must(store::migrate(*database, more));
  must(store::migrate(*database, more));

  EXPECT_EQ(count("PRAGMA user_version"), static_cast<qint64>(more.size()));
  EXPECT_EQ(count("SELECT count(*) FROM later"), 0);
}

TEST_F(MigrationsTest, BringsEveryOlderVersionToWhatANewStoreIs) {
  const auto current = schema();
  for (std::size_t version = 0; version < steps.size(); ++version) {
    makesStoreOf(version);
    must(store::migrate(*database, steps));

    EXPECT_EQ(schema(), current) << "from version " << version;
    must(database->checkIntegrity());
  }
}

TEST_F(MigrationsTest, KeepsWhatAnOlderVersionHeld) {
  for (std::size_t version = 1; version < steps.size(); ++version) {
    makesStoreOf(version);
    must(
        database->execute("INSERT INTO message(conversation, author, client_id, device, kind, body, state, sent_at, "
                          "chain_seq, sort_time) "
                          "VALUES (x'01', x'02', x'03', 4, 0, 'a sentence to be found', 3, 5, 6, 7);"
                          "INSERT INTO setting(name, value) VALUES ('theme', 'dark')"));
    must(store::migrate(*database, steps));

    EXPECT_EQ(count("SELECT count(*) FROM message WHERE body = 'a sentence to be found'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM setting"), 1);
    store::SearchRequest request;
    request.text = u"senten"_s;
    EXPECT_EQ(must(store::MessageSearch(*database).find(request)).size(), 1U) << "from version " << version;
  }
}

TEST_F(MigrationsTest, RefusesANewerStoreAndLeavesItAlone) {
  must(database->execute("PRAGMA user_version = 99"));

  const auto migrated = store::migrate(*database, steps);

  ASSERT_FALSE(migrated);
  EXPECT_EQ(migrated.error().code, store::codes::kNewer);
  EXPECT_EQ(migrated.error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(count("PRAGMA user_version"), 99);
}

TEST_F(MigrationsTest, LeavesNothingOfAStepThatFails) {  // C22
  auto more = steps;
  more.push_back("CREATE TABLE half(id INTEGER); INSERT INTO nowhere VALUES (1)");

  EXPECT_FALSE(store::migrate(*database, more));

  EXPECT_EQ(count("PRAGMA user_version"), static_cast<qint64>(steps.size()));
  EXPECT_EQ(count("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), 0);
}

TEST_F(MigrationsTest, GoesOnWhereAFullDiskStoppedIt) {
  makesStoreOf(0);
  must(database->execute("PRAGMA max_page_count = 20"));
  const auto stopped = store::migrate(*database, steps);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, store::codes::kDiskFull);
  EXPECT_EQ(count("PRAGMA user_version"), 0);

  must(database->execute("PRAGMA max_page_count = 100000"));
  must(store::migrate(*database, steps));
  must(database->checkIntegrity());
}

}  // namespace

}  // namespace gx::test
