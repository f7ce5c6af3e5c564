// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/draft_store.h"
#include "core/store/message_search.h"
#include "core/store/outbox_store.h"
#include "core/store/resend_store.h"
#include "core/store/signal_key_store.h"
#include "tests/core/store/history_fixture.h"
#include "tests/support/plain_pages.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

constexpr char kCanary[] = "yellowcanary";

// What is deleted is gone from the disk too, also for somebody who has the key.
class DeletedTextTest : public HistoryTest {
 protected:
  DeletedTextTest() { fills(200, u"a line of history between which others are"_s); }
  [[nodiscard]] bool isOnDisk(const QByteArray &text = kCanary) {
    return plainPages(file(), key).contains(text) || plainLog(file(), key).contains(text);
  }
  // What the vault does from time to time.
  void tidies() {
    must(store::MessageSearch(*database).purge(fromMillis(1'700'000'000'000)));
    must(database->checkpoint());
  }
  store::MessageRow saysCanary(quint32 number, const QString &more = {}) {
    return inserts(row(number, number, u"my "_s + QLatin1StringView(kCanary) + u" sings "_s + more));
  }
};

TEST_F(DeletedTextTest, IsSeenWhileItIsThere) {
  saysCanary(500);
  EXPECT_TRUE(plainLog(file(), key).contains(kCanary));
  must(database->checkpoint());

  EXPECT_TRUE(plainPages(file(), key).contains(kCanary));
  EXPECT_TRUE(plainPages(file(), key).startsWith(QByteArray::fromHex("1000")));  // the page size in the head
}

TEST_F(DeletedTextTest, OfALineIsGone) {
  const auto line = saysCanary(500);
  must(database->checkpoint());
  must(messages.remove(line.id));
  tidies();

  EXPECT_FALSE(isOnDisk());
}

TEST_F(DeletedTextTest, OfALongLineOverManyPagesIsGone) {
  const auto line = saysCanary(500, QString(QLatin1StringView(kCanary) + u' ').repeated(2'000));
  must(database->checkpoint());
  must(messages.remove(line.id));
  tidies();

  EXPECT_FALSE(isOnDisk());
}

TEST_F(DeletedTextTest, OfManyLinesIsGoneFromTheSearchIndexToo) {
  for (quint32 i = 500; i < 600; ++i) saysCanary(i, QString::number(i));
  must(database->checkpoint());
  for (quint32 i = 500; i < 600; ++i) must(messages.remove(must(messages.message(bob, idOf<ClientMessageId>(i)))->id));
  tidies();

  EXPECT_FALSE(isOnDisk());
  EXPECT_FALSE(isOnDisk("canary")) << "the index keeps words cut where they begin alike";
}

TEST_F(DeletedTextTest, ThatWasEditedAwayIsGone) {
  auto line = saysCanary(500);
  must(database->checkpoint());
  line.message.text = u"nothing to see"_s;
  must(messages.update(line));
  tidies();

  EXPECT_FALSE(isOnDisk());
  EXPECT_TRUE(isOnDisk("nothing to see"));
}

TEST_F(DeletedTextTest, OfExcerptsDraftsAndQueuesIsGone) {
  auto reply = row(500, 500);
  reply.quotedUser = alice;
  reply.message.quoted = idOf<ClientMessageId>(1);
  reply.excerpt = QLatin1StringView(kCanary);
  inserts(reply);
  store::DraftStore drafts(*database);
  must(drafts.put({chat, QLatin1StringView(kCanary), {}, {}, fromMillis(5)}));
  store::OutboxStore outbox(*database);
  store::OutboxRow item;
  item.payload = kCanary;
  const auto position = must(outbox.insert(item));
  store::ResendStore resends(*database);
  must(resends.insert({idOf<ClientMessageId>(1), chat, kCanary, fromMillis(3), 0, "", fromMillis(4)}));
  store::SignalKeyStore keys(*database);
  must(keys.putPreKey({5, "key", kCanary}));
  must(database->checkpoint());
  EXPECT_TRUE(isOnDisk());

  must(messages.clearExcerptsOf(alice, idOf<ClientMessageId>(1)));
  must(drafts.remove(chat));
  must(outbox.remove(position));
  must(resends.remove(idOf<ClientMessageId>(1)));
  must(keys.removePreKey(5));
  tidies();

  EXPECT_FALSE(isOnDisk());
}

TEST_F(DeletedTextTest, NeverStandsOnDiskAsItIs) {
  saysCanary(500);
  for (const char *suffix : {"", "-wal", "-shm"}) {
    QFile disk(file() + QLatin1StringView(suffix));
    ASSERT_TRUE(disk.open(QIODevice::ReadOnly)) << suffix;
    EXPECT_FALSE(disk.readAll().contains(kCanary)) << suffix;
  }
}

}  // namespace

}  // namespace gx::test
