// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_pool.h"

#include <future>
#include <set>

#include "core/base/launch.h"
#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;

class SqlPoolTest : public SqlTest {};

TEST_F(SqlPoolTest, ReadsOnItsOwnThreads) {
  ASSERT_TRUE(insert(db(), 1));
  auto pool = SqlPool::open(path(), 2).value();
  std::thread::id thread;

  const auto found = await(pool->run([&](SqlConnection &connection) -> Result<qint64> {
    thread = std::this_thread::get_id();
    return count(connection);
  }));

  EXPECT_EQ(found, 1);
  EXPECT_NE(thread, std::this_thread::get_id());
  EXPECT_EQ(pool->waiting(), 0);
}

TEST_F(SqlPoolTest, LetsALongReadStopNobody) {
  auto pool = SqlPool::open(path(), 2).value();
  std::promise<void> release;
  std::shared_future<void> released = release.get_future();
  bool longIsDone = false;
  QObject context;
  launch(&context, pool->run([released](SqlConnection &) -> Result<int> {
    released.wait();
    return 1;
  }),
         [&](const Result<int> &) { longIsDone = true; });

  for (int i = 0; i < 10; ++i)
    EXPECT_TRUE(await(pool->run([](SqlConnection &connection) -> Result<qint64> { return count(connection); })));
  EXPECT_FALSE(longIsDone);
  EXPECT_EQ(pool->waiting(), 1);

  release.set_value();
  EXPECT_TRUE(waitUntil([&] { return longIsDone; }));
}

TEST_F(SqlPoolTest, SeesOneStateInOneFunction) {
  auto pool = SqlPool::open(path(), 1).value();

  const auto counts = await(pool->run([this](SqlConnection &connection) -> Result<std::pair<qint64, qint64>> {
    const qint64 before = count(connection);
    auto writing = SqlConnection::openSqlite(path(), SqlAccess::Write);
    if (!writing) return fail(writing.error());
    if (auto made = insert(**writing, 1); !made) return fail(made.error());
    return std::pair(before, count(connection));
  }));

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->first, counts->second);
  EXPECT_EQ(count(db()), 1);
}

TEST_F(SqlPoolTest, PassesFailuresOn) {
  auto pool = SqlPool::open(path(), 1).value();

  const auto failed = await(pool->run([](SqlConnection &) -> Result<int> { return fail(ErrorKind::NotFound, "x"); }));

  EXPECT_EQ(failed.error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(await(pool->run([](SqlConnection &) -> Result<int> { return 1; })));
  EXPECT_FALSE(SqlPool::open(u"/nowhere/at/all.db"_s, 1));
}

}  // namespace gx::test
