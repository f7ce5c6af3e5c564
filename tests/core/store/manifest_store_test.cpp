// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/manifest_store.h"

#include "core/crypto/signing.h"
#include "core/store/signal_key_store.h"
#include "tests/core/store/test_store.h"
#include "tests/support/fixed_random.h"

namespace gx::test {

namespace {

class ManifestStoreTest : public StoreTest {
 protected:
  ManifestStoreTest()
      : context(must(crypto::SignalContext::make(random))), identity(must(crypto::makeIdentity(*context))) {}

  // A chain of one entry, signed by the device it names.
  curve::Manifest chain(quint32 device) {
    curve::ManifestEntry entry;
    entry.account = bob;
    entry.version = 1;
    entry.previousHash = QByteArray(32, '\0');
    entry.device = DeviceId{device};
    entry.identityKey = identity.publicKey;
    entry.nameHash = QByteArray(32, 'n');
    entry.createdAt = fromMillis(5);
    entry.byDevice = entry.device;
    entry.signature = must(crypto::sign(*context, identity, curve::signedBytes(entry)));
    const std::vector<curve::ManifestEntry> entries{entry};
    return must(curve::Manifest::verify(bob, entries));
  }

  FixedRandom random;
  std::unique_ptr<crypto::SignalContext> context;
  crypto::Identity identity;
  store::ManifestStore manifests{*database};
  store::SignalKeyStore keys{*database};
};

TEST_F(ManifestStoreTest, KnowsNothingOfAStranger) {
  EXPECT_TRUE(must(manifests.pinned(bob)).isEmpty());
  EXPECT_EQ(must(manifests.version(bob)), 0U);
  EXPECT_TRUE(must(manifests.trust(bob)).alarm.isEmpty());
  EXPECT_FALSE(must(manifests.candidate(bob)));
  EXPECT_FALSE(must(keys.trustedIdentity({bob, DeviceId{2}})));
}

TEST_F(ManifestStoreTest, TrustsTheDevicesOfWhatIsPinned) {
  const auto pinned = chain(2);
  must(manifests.pin(pinned));
  opens();
  store::ManifestStore again(*database);

  EXPECT_EQ(must(again.pinned(bob)), pinned);
  EXPECT_EQ(must(again.hashOf(bob, 1)), pinned.hash());
  EXPECT_FALSE(must(again.hashOf(bob, 2)));
  EXPECT_EQ(must(store::SignalKeyStore(*database).trustedIdentity({bob, DeviceId{2}})), identity.publicKey);
  EXPECT_FALSE(must(store::SignalKeyStore(*database).trustedIdentity({bob, DeviceId{3}})));
}

TEST_F(ManifestStoreTest, TrustsNobodyWhileThereIsAnAlarm) {
  must(manifests.pin(chain(2)));
  must(manifests.setTrust(bob, {true, "manifest_fork"}));

  EXPECT_FALSE(must(keys.trustedIdentity({bob, DeviceId{2}})));
  must(manifests.setTrust(bob, {true, {}}));
  EXPECT_TRUE(must(keys.trustedIdentity({bob, DeviceId{2}})));
}

TEST_F(ManifestStoreTest, KeepsAnotherHistoryBesideWithoutTrustingIt) {
  const auto pinned = chain(2);
  must(manifests.pin(pinned));
  const auto other = chain(9);
  must(manifests.putCandidate(other));

  EXPECT_EQ(must(manifests.candidate(bob)), other);
  EXPECT_FALSE(must(keys.trustedIdentity({bob, DeviceId{9}})));
  must(manifests.dropCandidate(bob));
  EXPECT_FALSE(must(manifests.candidate(bob)));
  EXPECT_EQ(must(manifests.pinned(bob)), pinned);
}

TEST_F(ManifestStoreTest, NoticesAChangedEntry) {
  must(manifests.pin(chain(2)));
  must(database->execute("UPDATE manifest_entry SET name_hash = x'00'"));

  EXPECT_FALSE(manifests.pinned(bob));
}

}  // namespace

}  // namespace gx::test
