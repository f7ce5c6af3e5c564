// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <set>

#include "core/base/launch.h"
#include "tests/contract/repository_contract.h"

namespace gx::test {

class PreKeyRepositoryContract : public RepositoryContract {
 protected:
  void SetUp() override {
    RepositoryContract::SetUp();
    alice = account("alice@gxcoin.test");
    device = activeDevice(alice, 5);  // with prekeys 1, 2, 3
  }
  wire::PreKey claimOne() {
    const auto claimed = await(ports().preKeys.claim(alice.id, {device}));
    EXPECT_TRUE(claimed);
    EXPECT_EQ(claimed->size(), 1u);
    return claimed->front().bundle.preKey;
  }
  domain::Account alice;
  DeviceId device;
};
INSTANTIATE_TEST_SUITE_P(Sqlite, PreKeyRepositoryContract, testing::Values(&sqliteHouse));

TEST_P(PreKeyRepositoryContract, CountsAndAuditsWhatWasUploaded) {
  const auto count = await(ports().preKeys.count(device));
  const auto audit = await(ports().preKeys.audit(device));

  ASSERT_TRUE(count && audit);
  EXPECT_EQ(count->preKeys, 3);
  EXPECT_EQ(count->signedPreKeyId, 1u);
  EXPECT_EQ(count->keyGeneration, 1);
  EXPECT_EQ(audit->signedPreKey, (wire::KeyDigest{1, sha256(key(1000)).left(8)}));
  EXPECT_EQ(audit->lastResortPreKey, (wire::KeyDigest{wire::limits::kLastResortPrekeyId, sha256(key(2000)).left(8)}));
  ASSERT_EQ(audit->preKeys.size(), 3);
  EXPECT_EQ(audit->preKeys[1], (wire::KeyDigest{2, sha256(key(2)).left(8)}));
  EXPECT_EQ(await(ports().preKeys.count(DeviceId{99}))->keyGeneration, 0);
  EXPECT_EQ(codeOf(await(ports().preKeys.audit(DeviceId{99}))), "not_found");
}

TEST_P(PreKeyRepositoryContract, WantsAllKeysAtFirst) {
  const DeviceId fresh = signIn(alice, 6).device;
  for (int missing = 0; missing < 4; ++missing) {
    wire::KeyUpload upload = fullUpload(fresh);
    if (missing == 0) upload.identityKey.reset();
    if (missing == 1) upload.registrationId.reset();
    if (missing == 2) upload.signedPreKey.reset();
    if (missing == 3) upload.lastResortPreKey.reset();

    EXPECT_EQ(codeOf(await(ports().preKeys.upload(fresh, upload))), "invalid_keys") << missing;
  }
  EXPECT_EQ(await(ports().preKeys.count(fresh))->keyGeneration, 0);
  EXPECT_EQ(codeOf(await(ports().preKeys.reset(fresh, fullUpload(fresh)))), "not_found");
}

// Case 113 of RELIABILITY.md.
TEST_P(PreKeyRepositoryContract, TakesTheSameBatchAgainAndRefusesOtherBytes) {
  wire::KeyUpload batch;
  batch.preKeys = {preKey(3), preKey(4)};
  EXPECT_EQ(await(ports().preKeys.upload(device, batch))->preKeys, 4);
  EXPECT_EQ(await(ports().preKeys.upload(device, batch))->preKeys, 4);

  wire::KeyUpload other;
  other.preKeys = {preKey(5), {4, key(44)}};
  EXPECT_EQ(codeOf(await(ports().preKeys.upload(device, other))), "key_conflict");

  EXPECT_EQ(await(ports().preKeys.count(device))->preKeys, 4);  // not even 5
}

TEST_P(PreKeyRepositoryContract, NeverHandsOutAKeyTwiceAfterARepeatedUpload) {
  EXPECT_EQ(claimOne().keyId, 1u);

  EXPECT_EQ(await(ports().preKeys.upload(device, fullUpload(device)))->preKeys, 2);

  EXPECT_EQ(claimOne().keyId, 2u);
}

TEST_P(PreKeyRepositoryContract, KeepsTheIdentity) {
  wire::KeyUpload other = fullUpload(device);
  other.identityKey = key(99);
  EXPECT_EQ(codeOf(await(ports().preKeys.upload(device, other))), "identity_fixed");

  wire::KeyUpload sameIdOtherKey;
  sameIdOtherKey.signedPreKey = wire::SignedPreKey{1, key(1001), QByteArray(64, 's')};
  EXPECT_EQ(codeOf(await(ports().preKeys.upload(device, sameIdOtherKey))), "key_conflict");

  wire::KeyUpload renewed;
  renewed.signedPreKey = wire::SignedPreKey{2, key(1001), QByteArray(64, 't')};
  EXPECT_EQ(await(ports().preKeys.upload(device, renewed))->signedPreKeyId, 2u);
}

TEST_P(PreKeyRepositoryContract, KeepsAtMostTwoHundred) {
  wire::KeyUpload batch;
  for (quint32 id = 100; id < 200; ++id) batch.preKeys.append(preKey(id));
  ASSERT_TRUE(await(ports().preKeys.upload(device, batch)));
  wire::KeyUpload more;
  for (quint32 id = 200; id < 298; ++id) more.preKeys.append(preKey(id));

  EXPECT_EQ(codeOf(await(ports().preKeys.upload(device, more))), "invalid_keys");
  more.preKeys.removeLast();
  EXPECT_EQ(await(ports().preKeys.upload(device, more))->preKeys, 200);
}

TEST_P(PreKeyRepositoryContract, ClaimsTheLowestAndThenTheLastResort) {
  EXPECT_EQ(claimOne(), preKey(1));
  EXPECT_EQ(claimOne(), preKey(2));
  EXPECT_EQ(claimOne(), preKey(3));
  EXPECT_EQ(claimOne(), (wire::PreKey{wire::limits::kLastResortPrekeyId, key(2000)}));
  EXPECT_EQ(claimOne().keyId, wire::limits::kLastResortPrekeyId);
  EXPECT_TRUE(await(ports().preKeys.audit(device))->preKeys.isEmpty());
}

TEST_P(PreKeyRepositoryContract, FillsABundle) {
  const auto claimed = await(ports().preKeys.claim(alice.id, {device, DeviceId{99}}));

  ASSERT_TRUE(claimed);
  ASSERT_EQ(claimed->size(), 1u);
  const wire::PreKeyBundle &bundle = claimed->front().bundle;
  EXPECT_EQ(bundle.userId, alice.id);
  EXPECT_EQ(bundle.deviceId, device);
  EXPECT_EQ(bundle.registrationId, 6u);
  EXPECT_EQ(bundle.identityKey, key(5));
  EXPECT_EQ(bundle.signedPreKey, (wire::SignedPreKey{1, key(1000), QByteArray(64, 's')}));
  EXPECT_EQ(claimed->front().preKeysLeft, 2);
}

TEST_P(PreKeyRepositoryContract, ClaimsFromTheUsersActiveDevicesOnly) {
  const domain::Account bob = account("bob@gxcoin.test");
  const DeviceId pending = signIn(alice, 6).device;
  ASSERT_TRUE(await(ports().preKeys.upload(pending, fullUpload(pending))));

  EXPECT_TRUE(await(ports().preKeys.claim(bob.id, {device}))->empty());
  EXPECT_TRUE(await(ports().preKeys.claim(alice.id, {pending}))->empty());
  EXPECT_EQ(await(ports().preKeys.count(pending))->preKeys, 3);
}

// Case 116 of RELIABILITY.md: 100 parallel claims of 10 prekeys.
TEST_P(PreKeyRepositoryContract, A116_ClaimsEachExactlyOnceInParallel) {
  wire::KeyUpload batch;
  for (quint32 id = 4; id <= 10; ++id) batch.preKeys.append(preKey(id));
  ASSERT_TRUE(await(ports().preKeys.upload(device, batch)));
  std::multiset<quint32> ids;
  QObject context;

  for (int i = 0; i < 100; ++i) {
    launch(&context, ports().preKeys.claim(alice.id, {device}),
           [&](const Result<std::vector<domain::ClaimedBundle>> &claimed) {
             ids.insert(claimed && claimed->size() == 1 ? claimed->front().bundle.preKey.keyId : 0);
           });
  }
  ASSERT_TRUE(waitUntil([&] { return ids.size() == 100; }));

  EXPECT_EQ(ids.count(wire::limits::kLastResortPrekeyId), 90u);
  for (quint32 id = 1; id <= 10; ++id) EXPECT_EQ(ids.count(id), 1u) << id;
}

TEST_P(PreKeyRepositoryContract, ResetsEveryPrekeyAndCountsTheGeneration) {
  claimOne();
  wire::KeyUpload upload;
  upload.signedPreKey = wire::SignedPreKey{1, key(1002), QByteArray(64, 'u')};
  upload.lastResortPreKey = wire::PreKey{wire::limits::kLastResortPrekeyId, key(2002)};
  upload.preKeys = {{1, key(11)}, {2, key(12)}};

  const auto count = await(ports().preKeys.reset(device, upload));

  ASSERT_TRUE(count);
  EXPECT_EQ(count->preKeys, 2);
  EXPECT_EQ(count->keyGeneration, 2);
  EXPECT_EQ(claimOne(), (wire::PreKey{1, key(11)}));
  EXPECT_EQ(await(ports().preKeys.audit(device))->lastResortPreKey.digest, sha256(key(2002)).left(8));
  wire::KeyUpload incomplete;
  incomplete.preKeys = {{1, key(11)}};
  EXPECT_EQ(codeOf(await(ports().preKeys.reset(device, incomplete))), "invalid_keys");
  EXPECT_EQ(await(ports().preKeys.count(device))->preKeys, 1);  // nothing was thrown away for it
}

TEST_P(PreKeyRepositoryContract, ForgetsClaimedKeysAfterAWhile) {
  claimOne();
  house().clock.advance(std::chrono::days(46));
  claimOne();

  EXPECT_EQ(await(ports().preKeys.forgetClaimed(now() - std::chrono::days(45))).value(), 1);
  EXPECT_EQ(await(ports().preKeys.count(device))->preKeys, 1);
}

}  // namespace gx::test
