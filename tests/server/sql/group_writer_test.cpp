// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/group_writer.h"

#include <future>

#include "core/base/launch.h"
#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

// Remembers what it was told.
class CountingMemory final : public BatchMemory {
 public:
  [[nodiscard]] Result<> flush(SqlConnection &) override {
    ++flushes;
    return {};
  }
  void forgetAll() override { ++forgotten; }
  std::atomic<int> flushes{0};
  std::atomic<int> forgotten{0};
};

}  // namespace

class GroupWriterTest : public SqlTest {
 protected:
  GroupWriterTest() { m_writer = GroupWriter::start(path(), memory).value(); }
  GroupWriter &writer() { return *m_writer; }
  GroupWriter::Act inserting(qint64 id, std::vector<qint64> &told) {
    GroupWriter::Act act;
    act.home = &home;
    act.isIsolated = false;
    act.run = [id](SqlConnection &connection) { return insert(connection, id); };
    act.done = [id, &told](const Result<> &outcome) { told.push_back(outcome ? id : -id); };
    return act;
  }
  // Keeps the writer busy until the returned promise is set, so that what is submitted meanwhile becomes one batch.
  std::shared_ptr<std::promise<void>> holdUp() {
    auto release = std::make_shared<std::promise<void>>();
    auto begun = std::make_shared<std::promise<void>>();
    GroupWriter::Act act;
    act.run = [release, begun](SqlConnection &) -> Result<> {
      begun->set_value();
      release->get_future().wait();
      return {};
    };
    m_writer->submit(std::move(act));
    begun->get_future().wait();
    return release;
  }
  CountingMemory memory;
  CallQueue home;

 private:
  std::unique_ptr<GroupWriter> m_writer;
};

TEST_F(GroupWriterTest, PutsWhatQueuedIntoOneCommit) {
  std::vector<qint64> told;
  const auto release = holdUp();
  const auto before = writer().counters();
  for (qint64 id = 1; id <= 600; ++id) writer().submit(inserting(id, told));
  release->set_value();

  ASSERT_TRUE(waitUntil([&] { return told.size() == 600; }));

  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_EQ(count(db()), 600);
  EXPECT_EQ(writer().counters().batches - before.batches, 3u);  // the one that held up, 512, 88
}

TEST_F(GroupWriterTest, TellsOnlyWhatIsDurable) {
  std::vector<qint64> told;
  qint64 seen = -1;
  GroupWriter::Act act = inserting(1, told);
  act.done = [&](const Result<> &) { seen = count(db()); };  // another connection sees it

  writer().submit(std::move(act));

  ASSERT_TRUE(waitUntil([&] { return seen >= 0; }));
  EXPECT_EQ(seen, 1);
}

TEST_F(GroupWriterTest, UndoesAnIsolatedActAlone) {
  std::vector<qint64> told;
  std::optional<Result<int>> refused;
  QObject context;
  const auto release = holdUp();
  writer().submit(inserting(1, told));
  launch(&context, writer().write([](SqlConnection &connection) -> Result<int> {
    if (auto made = insert(connection, 2); !made) return fail(made.error());
    return fail(ErrorKind::Invalid, "changed its mind", "odd");
  }),
         [&](Result<int> outcome) { refused = std::move(outcome); });
  writer().submit(inserting(3, told));
  release->set_value();

  ASSERT_TRUE(waitUntil([&] { return told.size() == 2 && refused; }));

  EXPECT_EQ(refused->error().code, "odd");
  EXPECT_EQ(told, (std::vector<qint64>{1, 3}));
  EXPECT_EQ(count(db()), 2);
  EXPECT_EQ(memory.forgotten, 0);
}

TEST_F(GroupWriterTest, TellsEverybodyWhenABatchIsNotStored) {
  std::vector<qint64> told;
  ASSERT_TRUE(insert(db(), 2));
  const auto release = holdUp();
  for (const qint64 id : {1, 2, 3}) writer().submit(inserting(id, told));
  release->set_value();

  ASSERT_TRUE(waitUntil([&] { return told.size() == 3; }));

  EXPECT_EQ(told, (std::vector<qint64>{-1, -2, -3}));
  EXPECT_EQ(count(db()), 1);
  EXPECT_EQ(memory.forgotten, 1);
  EXPECT_EQ(writer().counters().failedBatches, 1u);
  told.clear();
  writer().submit(inserting(4, told));
  ASSERT_TRUE(waitUntil([&] { return !told.empty(); }));
  EXPECT_EQ(told, std::vector<qint64>{4});
}

TEST_F(GroupWriterTest, GivesTheValueOfAnAct) {
  const auto value = await(writer().write([](SqlConnection &) -> Result<QByteArray> { return QByteArray("value"); }));

  EXPECT_EQ(value, QByteArray("value"));
}

TEST_F(GroupWriterTest, MeasuresEveryCommit) {
  std::vector<qint64> told;
  for (qint64 id = 1; id <= 3; ++id) {
    writer().submit(inserting(id, told));
    writer().drain();
  }

  const auto counters = writer().counters();

  EXPECT_EQ(counters.commits.count(), counters.batches);
  EXPECT_GT(counters.commits.sum(), 0);
}

TEST_F(GroupWriterTest, FlushesTheMemoryBeforeIsolatedActsAndCommits) {
  const int before = memory.flushes;

  static_cast<void>(await(writer().write([](SqlConnection &) -> Result<int> { return 1; })));

  EXPECT_EQ(memory.flushes, before + 2);
}

TEST_F(GroupWriterTest, DrainsBeforeAHomeDies) {
  std::vector<qint64> told;
  for (qint64 id = 1; id <= 100; ++id) writer().submit(inserting(id, told));

  writer().drain();

  EXPECT_EQ(count(db()), 100);
}

TEST_F(GroupWriterTest, DoesNotStartOnWhatIsNoDatabase) {
  const auto started = GroupWriter::start(u"/nowhere/at/all.db"_s, memory);

  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, ErrorKind::Storage);
}

}  // namespace gx::test
