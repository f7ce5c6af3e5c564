// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/vault.h"

#include <QFile>

#include "core/store/database.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

TEST_F(VaultTest, BringsATextToTheOtherPersonAndToTheOwnOtherDevice) {
  const auto id = alice->sends(chat, u"hello"_s);

  const auto bobs = bob->receives();
  const auto laptops = laptop->receives();

  ASSERT_EQ(bobs.back().kind, vault::OpeningKind::Applied);
  EXPECT_TRUE(bobs.back().isNewMessage);
  EXPECT_FALSE(bobs.back().isFromOwnDevice);
  EXPECT_EQ(bob->texts(chat), std::vector<QString>{u"hello"_s});
  EXPECT_EQ(bob->unread(chat), 1);
  ASSERT_EQ(laptops.back().kind, vault::OpeningKind::Applied);
  EXPECT_TRUE(laptops.back().isFromOwnDevice);
  EXPECT_EQ(laptop->unread(chat), 0);
  EXPECT_EQ(laptop->line(aliceUser, id)->line.message.state, model::MessageState::Sent);
  EXPECT_EQ(alice->line(aliceUser, id)->line.message.state, model::MessageState::Sent);
}

TEST_F(VaultTest, TellsTheSenderOnAllDevicesOfDeliveryAndReading) {
  const auto id = alice->sends(chat, u"hello"_s);

  settles();
  EXPECT_EQ(alice->line(aliceUser, id)->line.message.state, model::MessageState::Delivered);
  EXPECT_EQ(laptop->line(aliceUser, id)->line.message.state, model::MessageState::Delivered);
  bob->reads(chat);
  settles();

  EXPECT_EQ(alice->line(aliceUser, id)->line.message.state, model::MessageState::Read);
  EXPECT_EQ(laptop->line(aliceUser, id)->line.message.state, model::MessageState::Read);
  ASSERT_EQ(alice->line(aliceUser, id)->receipts.size(), 1U);
  EXPECT_TRUE(alice->line(aliceUser, id)->receipts[0].readAt);
  EXPECT_EQ(bob->unread(chat), 0);
}

TEST_F(VaultTest, KeepsAllOverAReopening) {
  alice->sends(chat, u"before"_s);
  settles();

  alice->restarts();
  bob->restarts();
  bob->sends(chat, u"after"_s);
  settles();

  EXPECT_EQ(alice->texts(chat), (std::vector<QString>{u"before"_s, u"after"_s}));
  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"before"_s, u"after"_s}));
}

TEST_F(VaultTest, RefusesAWrongKeyAndSaysSo) {
  must(alice->vault().close());
  FixedRandom random(99);

  const auto opened = await(vault::Vault::open(alice->file(), SecretBytes(random.bytes(32)), clock, random));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, vault::codes::kUnreadable);
}

TEST_F(VaultTest, RefusesAStoreOfALaterVersionAndLeavesItAlone) {
  must(alice->vault().close());
  {
    const auto database = store::Database::open(alice->file(), alice->key());
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->execute("PRAGMA user_version = 99"));
  }
  FixedRandom random(99);

  const auto opened = await(vault::Vault::open(alice->file(), alice->key().copy(), clock, random));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, vault::codes::kNewer);
  EXPECT_EQ(opened.error().kind, ErrorKind::Unsupported);
}

TEST_F(VaultTest, SaysThatItCannotWriteThere) {
  FixedRandom random(99);

  const auto opened = await(vault::Vault::open(u"/proc/no/store.db"_s, alice->key().copy(), clock, random));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, vault::codes::kReadOnly);
}

TEST_F(VaultTest, RefusesEveryActAfterClosing) {
  must(alice->vault().close());

  const auto work = await(alice->vault().outbox().work());

  ASSERT_FALSE(work);
  EXPECT_EQ(work.error().kind, ErrorKind::Cancelled);
}

TEST_F(VaultTest, LeavesNothingReadableInItsFiles) {
  alice->sends(chat, u"a very secret sentence"_s);
  must(alice->vault().close());

  for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s}) {
    QFile file(alice->file() + suffix);
    if (!file.open(QIODevice::ReadOnly)) continue;
    const QByteArray bytes = file.readAll();
    EXPECT_FALSE(bytes.contains("secret"));
    EXPECT_FALSE(bytes.contains("SQLite format 3"));
  }
}

TEST_F(VaultTest, GoesOnAfterARollbackWithNewSessionsAndKeys) {
  alice->sends(chat, u"one"_s);
  settles();
  bob->sends(chat, u"two"_s);
  settles();

  must(alice->vault().recoverFromRollback());
  const auto batch = must(alice->vault().deviceKeys().uploadBatch(0));
  EXPECT_TRUE(batch.isReset);
  alice->uploadsKeys();
  alice->sends(chat, u"three"_s);
  settles();
  bob->sends(chat, u"four"_s);
  settles();

  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
  EXPECT_EQ(alice->texts(chat), (std::vector<QString>{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
}

TEST_F(VaultTest, ForgetsWhatHasOutlivedItsTime) {
  alice->sends(chat, u"hello"_s);
  settles();
  clock.advance(std::chrono::hours(24 * 90));

  must(alice->vault().tidyUp());
  must(bob->vault().tidyUp());
  alice->sends(chat, u"still here"_s);
  settles();

  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"hello"_s, u"still here"_s}));
}

}  // namespace

}  // namespace gx::test
