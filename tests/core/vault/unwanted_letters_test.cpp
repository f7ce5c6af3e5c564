// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/failed_letters.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using vault::OpeningKind;

// Letters that are not kept, and senders who are not believed.
class UnwantedLettersTest : public VaultTest {
 protected:
  vault::Incoming takesLetter() {
    auto &mailbox = relay.mailboxes[bob->self];
    const auto letter = mailbox.front();
    mailbox.pop_front();
    return letter;
  }
  vault::Incoming garbage(const model::DeviceAddress &sender) {
    vault::Incoming letter;
    letter.seq = ++seq;
    letter.messageId.bytes[0] = 200;
    letter.messageId.bytes[1] = static_cast<quint8>(seq >> 8);
    letter.messageId.bytes[2] = static_cast<quint8>(seq & 0xff);
    letter.conversation = chat;
    letter.sender = sender;
    letter.ciphertext = {crypto::CiphertextType::Message, QByteArray("\x33"
                                                                     "nothing")};
    letter.serverTime = clock.wallNow();
    return letter;
  }
  std::vector<vault::Opening> reopens() { return must(bob->vault().opener().reopenHeld(aliceUser)); }

  qint64 seq = 0;
};

TEST_F(UnwantedLettersTest, OfARemovedDeviceThatWasNeverPinnedAreDiscarded) {
  laptop->sends(chat, u"from a device that goes"_s);
  const auto letter = takesLetter();
  unlists(*alice, *laptop);
  ASSERT_EQ(bob->opens(letter).kind, OpeningKind::Held);

  bob->fetchesManifest(aliceUser, true);
  const auto openings = reopens();

  ASSERT_EQ(openings.size(), 1U);
  EXPECT_EQ(openings[0].kind, OpeningKind::Discarded);
  EXPECT_EQ(openings[0].cause, vault::codes::kDeviceRemoved);
  EXPECT_FALSE(openings[0].wantsManifest);
  EXPECT_TRUE(openings[0].changed.empty());
  EXPECT_TRUE(bob->texts(chat).empty());
  EXPECT_TRUE(must(bob->vault().opener().heldSenders()).empty());
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, letter.seq);
  EXPECT_EQ(bob->opens(letter).kind, OpeningKind::Duplicate);
}

TEST_F(UnwantedLettersTest, OfADeviceThatIsNotHeardOfYetStayHeld) {
  auto tablet = joins(aliceUser, 14, 71);
  bob->fetchesManifest(aliceUser);
  ASSERT_EQ(bob->opens(garbage(tablet->self)).kind, OpeningKind::Held);

  const auto openings = reopens();

  ASSERT_EQ(openings.size(), 1U);
  EXPECT_EQ(openings[0].kind, OpeningKind::Held);
}

TEST_F(UnwantedLettersTest, NothingIsDiscardedWhileTrustIsBroken) {
  laptop->sends(chat, u"from a device that goes"_s);
  const auto letter = takesLetter();
  unlists(*alice, *laptop);
  bob->fetchesManifest(aliceUser, true);
  must(bob->vault().manifests().apply(aliceUser, {relay.accounts[aliceUser].chain.front()}));  // rollback
  ASSERT_EQ(bob->opens(letter).kind, OpeningKind::Held);

  EXPECT_EQ(reopens().front().kind, OpeningKind::Held);
}

TEST_F(UnwantedLettersTest, TwoHundredOfADeviceAreKeptUnopened) {
  for (int i = 0; i < vault::kMaxKeptLetters; ++i) ASSERT_EQ(bob->opens(garbage(alice->self)).kind, OpeningKind::Held);

  const auto more = bob->opens(garbage(alice->self));

  EXPECT_EQ(more.kind, OpeningKind::Discarded);
  EXPECT_EQ(more.cause, vault::codes::kTooManyKept);
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, seq);
  EXPECT_EQ(bob->opens(garbage(laptop->self)).kind, OpeningKind::Held);  // each device has its own
}

TEST_F(UnwantedLettersTest, GarbageIsAskedForFiveTimesAMinuteAndKeptTwoHundredTimes) {
  bob->fetchesManifest(aliceUser);
  int asked = 0;
  for (int i = 0; i < vault::kMaxKeptLetters; ++i) {
    const auto opening = bob->opens(garbage(alice->self));
    ASSERT_EQ(opening.kind, OpeningKind::Failed);
    if (opening.queuedWork) ++asked;
  }

  EXPECT_EQ(asked, vault::SenderBudgets::kAsksPerMinute);
  EXPECT_EQ(bob->opens(garbage(alice->self)).kind, OpeningKind::Discarded);
  EXPECT_EQ(bob->history(chat).size(), static_cast<std::size_t>(vault::kMaxKeptLetters));
  EXPECT_EQ(bob->opens(garbage(laptop->self)).kind, OpeningKind::Failed);
  static_cast<void>(must(bob->vault().opener().askAgain()));
  const int before = relay.posts;
  bob->drains();
  EXPECT_EQ(relay.posts - before, asked + 1);
}

// Alice's own device believes in one list of hers, the relay showed Bob another.
class ForkTest : public UnwantedLettersTest {
 protected:
  ForkTest() {
    alice->sends(chat, u"hi"_s);
    settles();
    bob->sends(chat, u"hi yourself"_s);
    settles();
    const auto shown = removal();
    const auto own = removal();
    must(bob->vault().manifests().apply(aliceUser, {shown}));
    must(alice->vault().manifests().apply(aliceUser, {own}));
    std::erase(relay.accounts[aliceUser].devices, laptop->self);
    relay.accounts[aliceUser].chain.push_back(shown);
    alice->sends(chat, u"one"_s);
  }
  curve::ManifestEntry removal() {
    clock.advance(1s);
    const auto identity = must(laptop->vault().deviceKeys().identity());
    return must(alice->vault().manifests().makeEntry(curve::ManifestOperation::Remove, laptop->self.device,
                                                     identity.publicKey, sha256("name")));
  }
  vault::PinnedManifest seen() { return must(bob->vault().manifests().pinned(aliceUser)); }
};

TEST_F(ForkTest, ASenderWhoNamesAnotherListIsNotTrustedAnyMore) {
  const auto opening = bob->opens(takesLetter());

  EXPECT_EQ(opening.kind, OpeningKind::Applied);
  EXPECT_EQ(opening.distrusted, aliceUser);
  EXPECT_EQ(seen().trust, model::Trust::Broken);
  EXPECT_EQ(seen().alarm, curve::kManifestFork);
  const auto item = bob->queues(chat, u"not to be sent"_s);
  EXPECT_EQ(must(bob->vault().sealer().plan(item)).blocked, std::vector<UserId>{aliceUser});
}

TEST_F(ForkTest, TheSameListFromTheRelayQuietsNothing) {
  bob->opens(takesLetter());

  EXPECT_EQ(bob->fetchesManifest(aliceUser, true).change, vault::ManifestChange::Unchanged);

  EXPECT_EQ(seen().trust, model::Trust::Broken);
}

TEST_F(ForkTest, AcceptedItGoesOnAndTheSameEvidenceIsNoNews) {
  bob->opens(takesLetter());
  alice->sends(chat, u"two"_s);
  ASSERT_EQ(bob->opens(takesLetter()).kind, OpeningKind::Held);

  must(bob->vault().manifests().acceptNewRoot(aliceUser));
  const auto openings = reopens();

  ASSERT_EQ(openings.size(), 1U);
  EXPECT_EQ(openings[0].kind, OpeningKind::Applied);
  EXPECT_FALSE(openings[0].distrusted);
  EXPECT_EQ(seen().trust, model::Trust::Unverified);
  EXPECT_TRUE(seen().alarm.isEmpty());
  EXPECT_TRUE(must(bob->vault().sealer().plan(bob->queues(chat, u"goes"_s))).blocked.empty());
}

}  // namespace

}  // namespace gx::test
