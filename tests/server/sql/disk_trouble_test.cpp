// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QFile>

#include "server/sql/sql_message_queue.h"
#include "tests/server/sql/sql_fixture.h"

// A disk that is full, a file that is damaged: a named error, nothing half stored, and all well when the cause is gone.
namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::SqlMessageQueue;

class DiskTroubleTest : public testing::Test {
 protected:
  DiskTroubleTest() { open(); }
  void open() {
    m_queue.reset();
    m_store.reset();
    auto store = SqlStore::open(storeIn(m_folder), m_clock);
    if (!store) qFatal("%s", describe(store.error()).constData());
    m_store = std::move(*store);
    m_queue = std::make_unique<SqlMessageQueue>(*m_store);
  }
  // In the writer's thread.
  Result<int> runs(const QString &sql) {
    return await(m_store->write([sql](SqlConnection &db) -> Result<int> {
      if (auto done = db.run(sql); !done) return fail(done.error());
      return 1;
    }));
  }
  void hasRoomFor(int pages) { EXPECT_TRUE(runs(u"PRAGMA max_page_count = %1"_s.arg(pages))); }
  void hasMailbox() { EXPECT_TRUE(runs(u"INSERT INTO \"MailboxHead\" (\"deviceId\") VALUES (7)"_s)); }
  Result<server::domain::Appended> appends(int number, qsizetype size) {
    server::domain::AppendRequest request;
    request.id.bytes[15] = static_cast<unsigned char>(number);
    request.clientMsgId.bytes[15] = static_cast<unsigned char>(number);
    request.senderDevice = DeviceId{1};
    request.bodyHash = "h";
    request.letters.push_back({DeviceId{7}, gx::wire::EnvelopeKind::Message, QByteArray(size, 'x')});
    std::optional<Result<server::domain::Appended>> answer;
    m_queue->append(request, [&](Result<server::domain::Appended> appended) { answer = std::move(appended); });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  qsizetype letters() { return await(m_queue->page(DeviceId{7}, {}, 100))->messages.size(); }
  [[nodiscard]] QString databasePath() const { return m_store->path(); }
  void close() {
    m_queue.reset();
    m_store.reset();
  }
  [[nodiscard]] const TempFolder &folder() const { return m_folder; }
  ManualClock &clock() { return m_clock; }

 private:
  TempFolder m_folder;
  ManualClock m_clock;
  std::unique_ptr<SqlStore> m_store;
  std::unique_ptr<SqlMessageQueue> m_queue;
};

TEST_F(DiskTroubleTest, AFullDiskRefusesAndLosesNothing) {
  hasMailbox();
  ASSERT_TRUE(appends(1, 1000));
  hasRoomFor(1);  // no page more than there are

  const auto refused = appends(2, 90'000);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Full);
  EXPECT_EQ(refused.error().code, "storage_full");
  EXPECT_GT(refused.error().retryAfter.count(), 0);
  EXPECT_EQ(letters(), 1);
  hasRoomFor(1'000'000);
  const auto again = appends(2, 90'000);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->placed.front().seq, 2);  // the number was not spent
  EXPECT_EQ(letters(), 2);
}

TEST_F(DiskTroubleTest, AFullDiskStillAnswersReadsAndRepetitions) {
  hasMailbox();
  ASSERT_TRUE(appends(1, 1000));
  hasRoomFor(1);
  EXPECT_FALSE(appends(2, 90'000));

  EXPECT_TRUE(appends(1, 1000)->repeated);
  EXPECT_EQ(letters(), 1);
}

TEST_F(DiskTroubleTest, WhatWasStoredBeforeStandsAfterARestart) {
  hasMailbox();
  ASSERT_TRUE(appends(1, 1000));
  hasRoomFor(1);
  EXPECT_FALSE(appends(2, 90'000));

  open();

  EXPECT_EQ(letters(), 1);
  EXPECT_TRUE(appends(2, 90'000));
}

TEST_F(DiskTroubleTest, ADamagedFileIsRefusedByName) {
  hasMailbox();
  const QString path = databasePath();
  close();
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadWrite));
  file.write(QByteArray(100, 'x'));  // the header
  file.close();

  const auto opened = SqlStore::open(storeIn(folder()), clock());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::Corrupt);
}

TEST_F(DiskTroubleTest, ANewerSchemaIsRefusedAndLeftAsItIs) {
  ASSERT_TRUE(runs(u"INSERT INTO \"SchemaVersion\" VALUES (999, '999_future.sql', 0)"_s));
  close();

  const auto opened = SqlStore::open(storeIn(folder()), clock());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::Unsupported);
}

}  // namespace gx::test
