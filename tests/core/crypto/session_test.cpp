// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/session.h"

#include <gtest/gtest.h>

#include "core/crypto/session_record.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;
using namespace std::chrono_literals;

using SessionBetween = TwoPeers;

TEST_F(SessionBetween, CarriesTheFirstMessageAndTheAnswer) {
  alice.startsWith(bob);
  const Ciphertext first = alice.sends(bob, "hello");
  EXPECT_EQ(first.type, CiphertextType::PreKey);

  const auto opened = bob.opens(alice, first);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->plaintext, "hello");
  EXPECT_TRUE(opened->isNewSession);
  EXPECT_FALSE(opened->usedLastPreKey);

  const Ciphertext answer = bob.sends(alice, "hi");
  EXPECT_EQ(answer.type, CiphertextType::Message);
  EXPECT_EQ(alice.reads(bob, answer), "hi");
  EXPECT_EQ(alice.sends(bob, "again").type, CiphertextType::Message);
}

TEST_F(SessionBetween, GoesOnForManyTurns) {
  talk();
  for (int i = 0; i < 50; ++i) {
    const QByteArray text = "turn " + QByteArray::number(i);
    ASSERT_EQ(bob.reads(alice, alice.sends(bob, text)), text);
    ASSERT_EQ(alice.reads(bob, bob.sends(alice, text)), text);
  }
}

TEST_F(SessionBetween, OpensWhatComesOutOfOrder) {
  talk();
  std::vector<Ciphertext> letters;
  for (char c = 'a'; c < 'k'; ++c) letters.push_back(alice.sends(bob, QByteArray(1, c)));
  for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter) EXPECT_TRUE(bob.opens(alice, *letter));
}

TEST_F(SessionBetween, TellsADuplicate) {
  talk();
  const Ciphertext letter = alice.sends(bob, "once");

  EXPECT_EQ(bob.reads(alice, letter), "once");
  const auto again = bob.opens(alice, letter);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(again.error().code, codes::kDuplicateMessage);
}

TEST_F(SessionBetween, HidesTheLength) {
  talk();
  EXPECT_EQ(alice.sends(bob, "a").bytes.size(), alice.sends(bob, QByteArray(159, 'x')).bytes.size());
  EXPECT_LT(alice.sends(bob, QByteArray(159, 'x')).bytes.size(), alice.sends(bob, QByteArray(160, 'x')).bytes.size());
}

TEST_F(SessionBetween, CarriesAnEmptyAndTheLargestText) {
  talk();
  EXPECT_EQ(bob.reads(alice, alice.sends(bob, {})), "");
  const QByteArray large(94 * 1024, 'x');
  EXPECT_EQ(bob.reads(alice, alice.sends(bob, large)), large);
  EXPECT_EQ(alice.sessionWith(bob).encrypt(QByteArray(96 * 1024, 'x')).error().kind, ErrorKind::TooLarge);
}

TEST_F(SessionBetween, NeedsASession) {
  EXPECT_EQ(errorCode(alice.sessionWith(bob).encrypt("hello")), codes::kNoSession);
  talk();
  bob.store.sessions.clear();
  EXPECT_EQ(bob.reads(alice, alice.sends(bob, "lost")), codes::kNoSession);
}

TEST_F(SessionBetween, ConsumesTheOneTimePreKey) {
  const auto before = bob.store.preKeys.size();
  talk();

  EXPECT_EQ(bob.store.preKeys.size(), before - 1);
  EXPECT_FALSE(bob.store.preKeys.contains(1));
}

TEST_F(SessionBetween, A121_NeedsThePreKeyItWasMadeFor) {
  alice.startsWith(bob);
  const Ciphertext letter = alice.sends(bob, "hello");
  bob.store.preKeys.clear();

  EXPECT_EQ(bob.reads(alice, letter), codes::kInvalidKeyId);
}

TEST_F(SessionBetween, StartsWithTheLastResortPreKeyMoreThanOnce) {
  bob.oneTime.clear();
  mallory.trusts(bob);
  bob.trusts(mallory);
  alice.startsWith(bob);
  mallory.startsWith(bob);

  const auto opened = bob.opens(alice, alice.sends(bob, "hello"));
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->usedLastPreKey);
  EXPECT_EQ(bob.reads(mallory, mallory.sends(bob, "me too")), "me too");
}

TEST_F(SessionBetween, OpensLateMailForAnOldPairOfPreKeys) {
  bob.oneTime.clear();
  alice.startsWith(bob);
  const Ciphertext late = alice.sends(bob, "late");
  bob.signedPreKey = *makeSignedPreKey(bob.keyring(), 2);

  EXPECT_EQ(bob.reads(alice, late), "late");
}

TEST_F(SessionBetween, A120_RefusesAFirstMessagePlayedBack) {
  bob.oneTime.clear();
  alice.startsWith(bob);
  const Ciphertext first = alice.sends(bob, "pay me");
  ASSERT_EQ(bob.reads(alice, first), "pay me");
  bob.store.sessions.clear();  // Bob's database lost the session but still has the signed prekey

  EXPECT_EQ(bob.reads(alice, first), codes::kReplayedBaseKey);
}

TEST_F(SessionBetween, ChangesNothingWhenTheStoreIsRolledBack) {
  alice.startsWith(bob);
  const Ciphertext letter = alice.sends(bob, "hello");
  const InMemoryKeyStore before = bob.store;
  ASSERT_EQ(bob.reads(alice, letter), "hello");
  bob.store = before;  // crash before the commit

  EXPECT_EQ(bob.reads(alice, letter), "hello");
}

TEST_F(SessionBetween, ReportsAStoreThatFails) {
  talk();
  const Ciphertext letter = alice.sends(bob, "hello");
  bob.store.isBroken = true;
  EXPECT_EQ(bob.opens(alice, letter).error().kind, ErrorKind::Storage);
  EXPECT_EQ(bob.sessionWith(alice).encrypt("x").error().kind, ErrorKind::Storage);
  EXPECT_EQ(bob.sessionWith(alice).status().error().kind, ErrorKind::Storage);
}

TEST_F(SessionBetween, TellsItsStatus) {
  EXPECT_EQ(*alice.sessionWith(bob).status(), SessionStatus{.needsRenewal = true});
  alice.startsWith(bob);
  static_cast<void>(alice.sends(bob, "one"));

  const SessionStatus started = *alice.sessionWith(bob).status();
  EXPECT_TRUE(started.exists);
  EXPECT_TRUE(started.isUnanswered);
  EXPECT_EQ(started.sentOnChain, 1U);
  EXPECT_EQ(started.remoteRegistrationId, bob.identity.registrationId);
  EXPECT_EQ(started.startedAt, alice.clock.wallNow());
  EXPECT_FALSE(started.needsRenewal);
}

TEST_F(SessionBetween, NeedsRenewalWhenUnansweredForTwoWeeks) {
  alice.startsWith(bob);
  alice.clock.advance(14 * 24h);
  EXPECT_FALSE(alice.sessionWith(bob).status()->needsRenewal);
  alice.clock.advance(1s);
  EXPECT_TRUE(alice.sessionWith(bob).status()->needsRenewal);
}

TEST_F(SessionBetween, DoesNotAgeOnceAnswered) {
  talk();
  alice.clock.advance(400 * 24h);

  EXPECT_FALSE(alice.sessionWith(bob).status()->needsRenewal);
  EXPECT_FALSE(alice.sessionWith(bob).status()->isUnanswered);
}

TEST_F(SessionBetween, ArchivedStillOpensWhatIsOnItsWay) {
  talk();
  const Ciphertext onItsWay = bob.sends(alice, "late");
  ASSERT_TRUE(alice.sessionWith(bob).archive());
  EXPECT_EQ(errorCode(alice.sessionWith(bob).encrypt("x")), codes::kNoSession);
  alice.startsWith(bob);

  EXPECT_EQ(alice.reads(bob, onItsWay), "late");
  EXPECT_EQ(bob.reads(alice, alice.sends(bob, "new")), "new");
}

TEST_F(SessionBetween, A130_ConvergesWhenBothStart) {
  alice.startsWith(bob);
  bob.startsWith(alice);
  const Ciphertext fromAlice = alice.sends(bob, "a");
  const Ciphertext fromBob = bob.sends(alice, "b");
  EXPECT_EQ(bob.reads(alice, fromAlice), "a");
  EXPECT_EQ(alice.reads(bob, fromBob), "b");

  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(bob.reads(alice, alice.sends(bob, "a")), "a");
    ASSERT_EQ(alice.reads(bob, bob.sends(alice, "b")), "b");
  }
  EXPECT_FALSE(alice.sessionWith(bob).status()->isUnanswered);
  EXPECT_FALSE(bob.sessionWith(alice).status()->isUnanswered);
}

TEST_F(SessionBetween, RefusesABundleOfAnotherDevice) {
  PreKeyBundle bundle = bob.bundle();
  bundle.device = DeviceId{99};

  EXPECT_EQ(errorCode(alice.sessionWith(bob).build(bundle)), codes::kBadShape);
  EXPECT_TRUE(alice.store.sessions.empty());
}

TEST_F(SessionBetween, A124_RefusesBrokenMessagesBeforeTheLibrarySeesThem) {
  talk();
  const InMemoryKeyStore before = bob.store;
  for (const auto type : {CiphertextType::Message, CiphertextType::PreKey}) {
    EXPECT_EQ(bob.reads(alice, {type, {}}), codes::kBadShape);
    EXPECT_EQ(bob.reads(alice, {type, "3"}), codes::kBadShape);
    EXPECT_EQ(bob.reads(alice, {type, QByteArray(96 * 1024 + 1, '3')}), codes::kBadShape);
  }
  EXPECT_EQ(bob.reads(alice, {CiphertextType::Message, "\x22" + QByteArray(60, 'x')}), codes::kUnknownVersion);
  EXPECT_EQ(bob.reads(alice, {static_cast<CiphertextType>(7), "3333333333"}), codes::kBadShape);
  EXPECT_EQ(bob.store, before);
}

TEST_F(SessionBetween, RefusesAMessageWithEachByteChanged) {
  talk();
  const Ciphertext letter = alice.sends(bob, "x");
  const InMemoryKeyStore before = bob.store;
  for (qsizetype i = 0; i < letter.bytes.size(); ++i) {
    Ciphertext changed = letter;
    changed.bytes[i] = static_cast<char>(changed.bytes[i] ^ 0x10);
    ASSERT_FALSE(bob.opens(alice, changed)) << i;
    ASSERT_EQ(bob.store, before) << i;
  }
  EXPECT_EQ(bob.reads(alice, letter), "x");
}

}  // namespace
}  // namespace gx::crypto
