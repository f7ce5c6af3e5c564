// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/failed_letters.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What happens to a letter that does not open, from the failure to its repetition.
class FailedLettersTest : public VaultTest {
 protected:
  FailedLettersTest() {
    alice->sends(chat, u"hi"_s);
    settles();
    bob->sends(chat, u"hi yourself"_s);
    settles();
  }
  void damage(std::size_t index) {
    auto &bytes = relay.mailboxes[bob->self].at(index).ciphertext.bytes;
    bytes[bytes.size() - 1] = static_cast<char>(bytes[bytes.size() - 1] ^ 1);
  }
};

TEST_F(FailedLettersTest, IsRepeatedAndTakesItsPlace) {
  alice->sends(chat, u"one"_s);
  alice->sends(chat, u"two"_s);
  alice->sends(chat, u"three"_s);
  damage(1);

  const auto openings = bob->receives();
  EXPECT_EQ(openings[1].kind, vault::OpeningKind::Failed);
  EXPECT_TRUE(openings[1].queuedWork);
  EXPECT_EQ(bob->history(chat)[3].message.kind, model::MessageKind::Waiting);
  EXPECT_EQ(bob->unread(chat), 3);  // hi, one, three
  settles();

  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"hi"_s, u"hi yourself"_s, u"one"_s, u"two"_s, u"three"_s}));
  EXPECT_EQ(laptop->texts(chat), bob->texts(chat));
  EXPECT_EQ(alice->texts(chat), bob->texts(chat));
  EXPECT_EQ(bob->unread(chat), 4);
  for (const auto &line : alice->history(chat))
    if (line.message.sender.user == aliceUser) EXPECT_EQ(line.message.state, model::MessageState::Delivered);
}

TEST_F(FailedLettersTest, A121_A126_IsRepeatedThoughTheSessionRecordsAreGone) {
  must(bob->vault().recoverFromRollback());  // all of Bob's sessions are put away
  alice->sends(chat, u"one"_s);
  damage(0);
  alice->sends(chat, u"two"_s);

  settles();

  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"hi"_s, u"hi yourself"_s, u"one"_s, u"two"_s}));
}

TEST_F(FailedLettersTest, RepeatsAnEditWithoutALineOfItsOwn) {
  const auto id = alice->sends(chat, u"one"_s);
  alice->sends(chat, model::Edit{id, u"edited"_s});
  damage(1);

  settles();

  EXPECT_EQ(bob->line(aliceUser, id)->line.message.text, u"edited"_s);
  EXPECT_EQ(bob->history(chat).size(), 3U);
}

TEST_F(FailedLettersTest, RepeatsALostReceipt) {
  bob->sends(chat, u"hello"_s);
  alice->receives();
  clock.advance(3s);
  alice->drains();
  damage(0);

  settles();

  EXPECT_EQ(bob->history(chat).back().message.state, model::MessageState::Delivered);
  EXPECT_EQ(bob->history(chat).size(), 3U);
}

TEST_F(FailedLettersTest, A133_IsAskedForFiveTimesAndNoMore) {
  alice->sends(chat, u"lost for ever"_s);
  damage(0);
  bob->receives();
  int asked = 0;
  for (int round = 0; round < 20; ++round) {
    const int before = relay.posts;
    bob->drains();
    asked += relay.posts > before ? 1 : 0;
    relay.mailboxes[alice->self].clear();  // she never hears of it
    relay.mailboxes[laptop->self].clear();
    clock.advance(30min);
    static_cast<void>(must(bob->vault().opener().askAgain()));
  }

  EXPECT_EQ(asked, vault::FailedLetters::kMaxTries);
  EXPECT_FALSE(must(bob->vault().opener().askAgain()));
  EXPECT_EQ(bob->history(chat).back().message.kind, model::MessageKind::Waiting);
}

TEST_F(FailedLettersTest, SaysWhenItWantsToAskAgain) {
  alice->sends(chat, u"one"_s);
  damage(0);
  bob->receives();

  EXPECT_EQ(must(bob->vault().opener().askAgain()), std::chrono::milliseconds(30s));
}

TEST_F(FailedLettersTest, A133_IsNotRepeatedForADeviceThatNeverGotIt) {
  alice->sends(chat, u"one"_s);
  settles();
  auto tablet = joins(bobUser, 24, 80);
  lists(*bob, *tablet);
  alice->fetchesManifest(bobUser);
  const auto lines = bob->history(chat);
  must(tablet->vault().archive().upsert(facts()));
  tablet->fetchesManifest(aliceUser);
  // The new device asks for a letter of before its time.
  vault::Incoming forged;
  forged.seq = 1;
  forged.messageId = *lines.back().message.serverId;
  forged.conversation = chat;
  forged.sender = alice->self;
  forged.ciphertext = {crypto::CiphertextType::Message, QByteArray("nothing")};
  forged.serverTime = clock.wallNow();
  tablet->opens(forged);
  tablet->drains();
  const int before = relay.posts;

  alice->receives();
  alice->drains();

  EXPECT_EQ(relay.posts, before);
}

TEST_F(FailedLettersTest, SurvivesADamagedStreamOfManyLetters) {
  for (int i = 0; i < 30; ++i) {
    alice->sends(chat, u"a"_s + QString::number(i));
    if (i % 3 == 0) damage(static_cast<std::size_t>(i));
  }

  for (int minute = 0; minute < 3; ++minute) {  // five are asked for in each
    settles();
    clock.advance(70s);
    static_cast<void>(must(bob->vault().opener().askAgain()));
  }

  std::vector<QString> expected{u"hi"_s, u"hi yourself"_s};
  for (int i = 0; i < 30; ++i) expected.push_back(u"a"_s + QString::number(i));
  EXPECT_EQ(bob->texts(chat), expected);
}

}  // namespace

}  // namespace gx::test
