// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/message_search.h"
#include "core/store/outbox_store.h"
#include "core/store/setting_store.h"
#include "core/store/store_error.h"
#include "core/store/transaction.h"
#include "tests/core/store/history_fixture.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

// SQLite says of a file that may not grow what it says of a disk that is full.
class DiskFullTest : public HistoryTest {
 protected:
  void leavesRoomFor(qint64 pages) {
    must(database->execute("PRAGMA max_page_count = " + QByteArray::number(count("PRAGMA page_count") + pages)));
  }
  void hasRoomAgain() { must(database->execute("PRAGMA max_page_count = 1000000")); }
  // Lines until there is no room; how many were taken.
  quint32 fillsTheDisk(quint32 first) {
    const QString text = QString(u"so many words "_s).repeated(100);
    for (quint32 i = first;; ++i) {
      const auto inserted = messages.insert(row(i, i, text));
      if (inserted) continue;
      EXPECT_EQ(inserted.error().kind, ErrorKind::Full);
      EXPECT_EQ(inserted.error().code, store::codes::kDiskFull);
      return i - first;
    }
  }
  // What is there is whole: each line is in the table and in the search index.
  void isSound(qint64 lines) {
    EXPECT_EQ(count("SELECT count(*) FROM message"), lines);
    store::SearchRequest request;
    request.text = u"words"_s;
    request.limit = 100'000;
    EXPECT_EQ(must(store::MessageSearch(*database).find(request)).size(), static_cast<std::size_t>(lines));
    must(database->checkIntegrity());
  }
};

TEST_F(DiskFullTest, IsNamedAndLosesNothingThatWasTaken) {
  leavesRoomFor(20);
  const auto taken = fillsTheDisk(1);
  EXPECT_GT(taken, 0U);

  hasRoomAgain();
  isSound(taken);
  inserts(row(taken + 1, 1, u"later words"_s));
  isSound(taken + 1);
}

TEST_F(DiskFullTest, TakesATransactionBackWhole) {
  leavesRoomFor(20);
  {
    store::Transaction transaction(*database);
    must(transaction.began());
    must(store::SettingStore(*database).set(u"theme"_s, u"dark"_s));
    EXPECT_GT(fillsTheDisk(1), 0U);
  }
  hasRoomAgain();
  isSound(0);
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 0);
}

// The library takes the whole transaction back by itself: a job that goes on as if nothing were must not write alone
// what was to be part of it.
TEST_F(DiskFullTest, EndsATransactionForAllThatFollowsInIt) {
  leavesRoomFor(20);
  {
    store::Transaction transaction(*database);
    must(transaction.began());
    EXPECT_GT(fillsTheDisk(1), 0U);

    EXPECT_EQ(store::SettingStore(*database).set(u"theme"_s, u"dark"_s).error().code, store::codes::kDiskFull);
    EXPECT_EQ(messages.newest(chat).error().code, store::codes::kDiskFull);
    EXPECT_EQ(transaction.commit().error().code, store::codes::kDiskFull);
  }
  hasRoomAgain();
  isSound(0);
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 0);
  store::Transaction again(*database);
  must(store::SettingStore(*database).set(u"theme"_s, u"dark"_s));
  must(again.commit());
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 1);
}

TEST_F(DiskFullTest, StopsEveryKindOfWriting) {
  leavesRoomFor(8);
  static_cast<void>(fillsTheDisk(1));
  store::SettingStore settings(*database);
  store::OutboxStore outbox(*database);
  store::OutboxRow item;
  item.conversation = chat;
  item.payload = QByteArray(20'000, 'x');

  EXPECT_EQ(settings.set(u"big"_s, QString(20'000, u'x')).error().code, store::codes::kDiskFull);
  EXPECT_EQ(outbox.insert(item).error().code, store::codes::kDiskFull);
  EXPECT_EQ(database->execute("CREATE TABLE more(id INTEGER)").error().code, store::codes::kDiskFull);

  hasRoomAgain();
  must(settings.set(u"big"_s, QString(20'000, u'x')));
  EXPECT_GT(must(outbox.insert(item)), 0);
}

TEST_F(DiskFullTest, LetsOneReadAndClose) {
  leavesRoomFor(20);
  const auto taken = fillsTheDisk(1);
  ASSERT_GT(taken, 2U);

  EXPECT_EQ(must(messages.after(chat, {}, 10'000)).size(), taken);
  must(database->checkpoint());
  opens();

  EXPECT_EQ(count("SELECT count(*) FROM message"), static_cast<qint64>(taken));
}

}  // namespace

}  // namespace gx::test
