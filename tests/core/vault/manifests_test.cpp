// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/manifests.h"

#include "core/base/bytes.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class ManifestsTest : public VaultTest {
 protected:
  vault::Manifests &bobs() { return bob->vault().manifests(); }
  // Alice's account, taken over by a device with another identity.
  std::vector<curve::ManifestEntry> otherChain() {
    other = std::make_unique<TestDevice>(relay, clock, model::DeviceAddress{aliceUser, DeviceId{31}}, QString(), 50);
    return {must(other->vault().manifests().makeNewRoot(sha256("other")))};
  }
  std::unique_ptr<TestDevice> other;
};

TEST_F(ManifestsTest, PinsWhatIsServedFirstAndFollowsIt) {
  const auto outcome = bob->fetchesManifest(aliceUser);

  EXPECT_EQ(outcome.change, vault::ManifestChange::Extended);
  EXPECT_EQ(outcome.version, 2U);
  EXPECT_EQ(outcome.added, (std::vector<DeviceId>{{11}, {12}}));
  EXPECT_EQ(bob->fetchesManifest(aliceUser).change, vault::ManifestChange::Unchanged);
  EXPECT_EQ(bob->fetchesManifest(aliceUser, true).change, vault::ManifestChange::Unchanged);
  unlists(*alice, *laptop);
  const auto removal = bob->fetchesManifest(aliceUser);
  EXPECT_EQ(removal.removed, std::vector<DeviceId>{DeviceId{12}});
  EXPECT_EQ(must(bobs().pinned(aliceUser)).devices.size(), 1U);
}

TEST_F(ManifestsTest, RefusesAnEntryThatNoListedDeviceSigned) {
  bob->fetchesManifest(aliceUser);
  auto forged = relay.accounts[aliceUser].chain;
  forged.back().signature[5] = static_cast<char>(forged.back().signature[5] ^ 1);
  forged.push_back(forged.back());
  forged.back().version = 3;

  const auto outcome = must(bobs().apply(aliceUser, {forged.back()}));

  EXPECT_EQ(outcome.change, vault::ManifestChange::Refused);
  EXPECT_EQ(outcome.version, 2U);
  EXPECT_EQ(must(bobs().pinned(aliceUser)).trust, model::Trust::Broken);
}

TEST_F(ManifestsTest, RefusesARollbackAndHealsWhenTheWholeHistoryComes) {
  bob->fetchesManifest(aliceUser);

  const auto outcome = must(bobs().apply(aliceUser, {relay.accounts[aliceUser].chain.front()}));

  EXPECT_EQ(outcome.change, vault::ManifestChange::Refused);
  EXPECT_EQ(outcome.reason, curve::kManifestRollback);
  EXPECT_EQ(must(bobs().pinned(aliceUser)).trust, model::Trust::Broken);
  EXPECT_EQ(bob->fetchesManifest(aliceUser, true).change, vault::ManifestChange::Unchanged);
  EXPECT_EQ(must(bobs().pinned(aliceUser)).trust, model::Trust::Unverified);
}

TEST_F(ManifestsTest, TakesAGapForAMissingPage) {
  bob->fetchesManifest(aliceUser);
  auto later = relay.accounts[aliceUser].chain.back();
  later.version = 9;

  const auto outcome = must(bobs().apply(aliceUser, {later}));

  EXPECT_EQ(outcome.reason, curve::kManifestGap);
  EXPECT_EQ(must(bobs().pinned(aliceUser)).trust, model::Trust::Unverified);
}

TEST_F(ManifestsTest, StopsAtAnotherRootUntilTheUserAcceptsIt) {
  bob->fetchesManifest(aliceUser);
  const auto before = must(bobs().pinned(aliceUser));

  const auto outcome = must(bobs().apply(aliceUser, otherChain()));

  EXPECT_EQ(outcome.change, vault::ManifestChange::NewRoot);
  const auto now = must(bobs().pinned(aliceUser));
  EXPECT_EQ(now.hash, before.hash);
  EXPECT_EQ(now.trust, model::Trust::Broken);
  const auto item = bob->queues(chat, u"not to be sent"_s);
  EXPECT_EQ(must(bob->vault().sealer().plan(item)).blocked, std::vector<UserId>{aliceUser});
  EXPECT_EQ(await(bob->vault().sealer().seal(item, {})).error().code, vault::codes::kTrustBroken);
  EXPECT_EQ(await(bobs().markVerified(aliceUser, true)).error().kind, ErrorKind::Conflict);

  must(bobs().acceptNewRoot(aliceUser));
  const auto accepted = must(bobs().pinned(aliceUser));
  EXPECT_EQ(accepted.trust, model::Trust::Unverified);
  ASSERT_EQ(accepted.devices.size(), 1U);
  EXPECT_EQ(accepted.devices[0].device, DeviceId{31});
}

TEST_F(ManifestsTest, HasNothingToAcceptWithoutAnotherRoot) {
  EXPECT_EQ(await(bobs().acceptNewRoot(aliceUser)).error().kind, ErrorKind::NotFound);
}

TEST_F(ManifestsTest, StaysVerifiedWhenAListedDeviceAddsOne) {
  bob->fetchesManifest(aliceUser);
  must(bobs().markVerified(aliceUser, true));
  auto tablet = joins(aliceUser, 14, 51);
  lists(*laptop, *tablet);

  bob->fetchesManifest(aliceUser);

  EXPECT_EQ(must(bobs().pinned(aliceUser)).trust, model::Trust::Verified);
  EXPECT_EQ(must(bob->vault().archive().contact(aliceUser))->trust, model::Trust::Verified);
}

TEST_F(ManifestsTest, CannotVerifyWhomItDoesNotKnow) {
  EXPECT_EQ(await(bobs().markVerified(aliceUser, true)).error().kind, ErrorKind::NotFound);
}

TEST_F(ManifestsTest, MakesNoEntryThatItWouldRefuse) {
  const auto identity = must(laptop->vault().deviceKeys().identity());

  const auto entry = await(alice->vault().manifests().makeEntry(curve::ManifestOperation::Add, DeviceId{12},
                                                                identity.publicKey, sha256("name")));

  EXPECT_FALSE(entry);  // listed already
}

TEST_F(ManifestsTest, ShowsBothSidesTheSameSafetyNumber) {
  bob->fetchesManifest(aliceUser);
  alice->fetchesManifest(bobUser);

  const auto seenByBob = must(bobs().safetyNumber(aliceUser));
  const auto seenByAlice = must(alice->vault().manifests().safetyNumber(bobUser));

  EXPECT_EQ(seenByBob.digits, seenByAlice.digits);
  EXPECT_EQ(seenByBob.digits.size(), 60);
  auto tablet = joins(aliceUser, 14, 51);
  lists(*laptop, *tablet);
  bob->fetchesManifest(aliceUser);
  EXPECT_NE(must(bobs().safetyNumber(aliceUser)).digits, seenByBob.digits);
}

TEST_F(ManifestsTest, HasNoSafetyNumberOfAStranger) {
  EXPECT_EQ(await(bobs().safetyNumber(aliceUser)).error().kind, ErrorKind::NotFound);
}

}  // namespace

}  // namespace gx::test
