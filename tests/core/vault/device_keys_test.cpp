// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/device_keys.h"

#include "core/base/bytes.h"
#include "core/curve/signature.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace std::chrono_literals;

class DeviceKeysTest : public VaultTest {
 protected:
  vault::DeviceKeys &keys() { return alice->vault().deviceKeys(); }
  static vault::KeyDigest digest(quint32 id, const QByteArray &key) { return {id, sha256(key).first(8)}; }
  // What an honest relay would answer.
  vault::KeyAudit audit() {
    const auto &kept = relay.keys[alice->self];
    vault::KeyAudit result{digest(kept.signedPreKey.id, kept.signedPreKey.key),
                           digest(crypto::kLastResortPreKeyId, kept.signedPreKey.lastResortKey),
                           {}};
    for (const auto &key : kept.preKeys) result.preKeys.push_back(digest(key.id, key.key));
    return result;
  }
};

TEST_F(DeviceKeysTest, MakesOneIdentityForEver) {
  const auto first = must(keys().identity());
  alice->restarts();

  EXPECT_EQ(must(keys().identity()), first);
  EXPECT_GE(first.registrationId, 1U);
  EXPECT_LE(first.registrationId, 16380U);
}

TEST_F(DeviceKeysTest, NamesEverythingInTheFirstUploadAndRepeatsItToTheByte) {
  TestDevice fresh(relay, clock, {aliceUser, DeviceId{13}}, QString(), 40);
  auto &own = fresh.vault().deviceKeys();

  const auto batch = must(own.uploadBatch(0));
  fresh.restarts();  // C19: the answer was lost
  const auto again = must(fresh.vault().deviceKeys().uploadBatch(50));

  EXPECT_TRUE(batch.identityKey);
  EXPECT_TRUE(batch.registrationId);
  ASSERT_TRUE(batch.signedPreKey);
  EXPECT_EQ(batch.signedPreKey->lastResortKey.size(), 33);
  EXPECT_TRUE(curve::isSignedBy(*batch.identityKey, batch.signedPreKey->key, batch.signedPreKey->signature));
  EXPECT_EQ(batch.preKeys.size(), 100U);
  EXPECT_EQ(again, batch);
}

TEST_F(DeviceKeysTest, MakesNoMoreThanWasWantedAndNeverTheSameIdTwice) {
  EXPECT_TRUE(must(keys().uploadBatch(0)).isEmpty());

  const auto batch = must(keys().uploadBatch(30));

  EXPECT_FALSE(batch.identityKey);
  EXPECT_FALSE(batch.signedPreKey);
  ASSERT_EQ(batch.preKeys.size(), 30U);
  EXPECT_EQ(batch.preKeys.front().id, 101U);
  must(keys().uploadConfirmed(batch.number));
  EXPECT_TRUE(must(keys().uploadBatch(0)).isEmpty());
}

TEST_F(DeviceKeysTest, RotatesTheSignedPreKeyAfterAWeek) {
  EXPECT_FALSE(must(keys().rotateSignedPreKeyIfDue()));
  clock.advance(24h * 7);

  EXPECT_TRUE(must(keys().rotateSignedPreKeyIfDue()));
  const auto batch = must(keys().uploadBatch(0));

  ASSERT_TRUE(batch.signedPreKey);
  EXPECT_EQ(batch.signedPreKey->id, 2U);
  EXPECT_TRUE(batch.preKeys.empty());
}

TEST_F(DeviceKeysTest, OpensWhatWasMadeForTheSignedPreKeyBefore) {
  const auto item = bob->queues(chat, QStringLiteral("late"));
  const auto sealed = bob->seals(item);
  clock.advance(24h * 8);
  EXPECT_TRUE(must(keys().rotateSignedPreKeyIfDue()));
  alice->uploadsKeys();
  must(alice->vault().tidyUp());

  relay.post(bob->self, sealed);
  alice->receives();

  EXPECT_EQ(alice->texts(chat), std::vector<QString>{QStringLiteral("late")});
}

TEST_F(DeviceKeysTest, HoldsWhatTheRelayOffersAndNoticesWhatItDoesNot) {
  EXPECT_TRUE(must(keys().holdsAll(audit())));

  auto other = audit();
  other.preKeys[3].digest[0] = static_cast<char>(other.preKeys[3].digest[0] ^ 1);
  EXPECT_FALSE(must(keys().holdsAll(other)));
  other = audit();
  other.signedPreKey.id = 77;
  EXPECT_FALSE(must(keys().holdsAll(other)));
  other = audit();
  other.lastResortPreKey.digest = QByteArray(8, 'x');
  EXPECT_FALSE(must(keys().holdsAll(other)));
}

TEST_F(DeviceKeysTest, ReplacesAllOfferedKeysAndStillOpensLateMail) {
  const auto sealed = bob->seals(bob->queues(chat, QStringLiteral("late")));

  must(keys().resetAll());
  const auto batch = must(keys().uploadBatch(0));
  alice->uploadsKeys();
  relay.post(bob->self, sealed);
  alice->receives();

  EXPECT_TRUE(batch.isReset);
  EXPECT_FALSE(batch.identityKey);
  EXPECT_TRUE(batch.registrationId);
  EXPECT_TRUE(batch.signedPreKey);
  EXPECT_EQ(batch.preKeys.size(), 100U);
  EXPECT_TRUE(must(keys().holdsAll(audit())));
  EXPECT_EQ(alice->texts(chat), std::vector<QString>{QStringLiteral("late")});
}

TEST_F(DeviceKeysTest, LeavesUsedKeysOutOfARepeatedUpload) {
  const auto batch = must(keys().uploadBatch(10));
  relay.keys[alice->self].preKeys.clear();
  relay.upload(alice->self, batch);  // taken by the relay, but we did not hear of it
  bob->sends(chat, QStringLiteral("uses the first"));
  alice->receives();

  const auto again = must(keys().uploadBatch(0));

  EXPECT_EQ(again.number, batch.number);
  ASSERT_EQ(again.preKeys.size(), 9U);
  EXPECT_EQ(again.preKeys.front(), batch.preKeys[1]);
}

TEST_F(DeviceKeysTest, SignsForTheRelay) {
  const auto signature = must(keys().sign("a refresh"));

  EXPECT_TRUE(curve::isSignedBy(must(keys().identity()).publicKey, "a refresh", signature));
}

TEST_F(DeviceKeysTest, TellsWhenTheLastResortPreKeyWasUsed) {
  relay.keys[alice->self].preKeys.clear();
  bob->sends(chat, QStringLiteral("hello"));

  const auto openings = alice->receives();

  EXPECT_TRUE(openings.back().usedLastPreKey);
  EXPECT_EQ(alice->texts(chat), std::vector<QString>{QStringLiteral("hello")});
}

}  // namespace

}  // namespace gx::test
