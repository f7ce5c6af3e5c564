// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/repository_contract.h"

namespace gx::test {

GX_REPOSITORY_CONTRACT(ManifestRepositoryContract);

TEST_P(ManifestRepositoryContract, ActivatesTheFirstDevice) {
  const domain::Account alice = account("alice@gxcoin.test");

  const DeviceId device = activeDevice(alice, 1);

  EXPECT_EQ(await(ports().devices.find(device))->state, wire::DeviceState::Active);
  EXPECT_EQ(await(ports().messages.head(device))->head, 0);
  const auto entries = await(ports().manifests.entries(alice.id, 0, 100));
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_EQ(entries->front(), act(alice, 1, device).entry);
}

TEST_P(ManifestRepositoryContract, GivesEntriesAfterAVersion) {
  const domain::Account alice = account("alice@gxcoin.test");
  for (quint32 id = 1; id <= 3; ++id) activeDevice(alice, id, id);

  const auto entries = await(ports().manifests.entries(alice.id, 1, 100));

  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ((*entries)[0].version, 2);
  EXPECT_EQ((*entries)[1].version, 3);
  EXPECT_TRUE(await(ports().manifests.entries(alice.id, 3, 100))->empty());
}

TEST_P(ManifestRepositoryContract, GivesALongChainInPages) {
  const domain::Account alice = account("alice@gxcoin.test");
  activeDevice(alice, 1);
  for (quint32 id = 2; id <= 101; ++id) {
    const DeviceId device = activeDevice(alice, id, 2 * id - 2);
    ASSERT_TRUE(await(ports().manifests.append(act(alice, 2 * id - 1, device, false))));
  }

  std::vector<qint64> versions;
  for (;;) {
    const auto page = await(ports().manifests.entries(alice.id, versions.empty() ? 0 : versions.back(), 64));
    ASSERT_TRUE(page);
    EXPECT_LE(page->size(), 64u);
    if (page->empty()) break;
    for (const wire::ManifestEntry &entry : *page) versions.push_back(entry.version);
  }

  ASSERT_EQ(versions.size(), 201u);
  for (std::size_t i = 0; i < versions.size(); ++i) EXPECT_EQ(versions[i], qint64(i) + 1);
  EXPECT_EQ(await(ports().manifests.entries(alice.id, 0, 1000))->size(), 201u);
}

TEST_P(ManifestRepositoryContract, HoldsOrderAndPreviousHash) {
  const domain::Account alice = account("alice@gxcoin.test");
  activeDevice(alice, 1);
  const Session second = signIn(alice, 2);
  ASSERT_TRUE(await(ports().preKeys.upload(second.device, fullUpload(second.device))));

  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 3, second.device)))), "manifest_conflict");
  domain::ManifestAct forked = act(alice, 2, second.device);
  forked.entry.prevHash = sha256("another history");
  EXPECT_EQ(codeOf(await(ports().manifests.append(forked))), "manifest_conflict");
  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 1, second.device)))), "manifest_conflict");

  EXPECT_TRUE(await(ports().manifests.append(act(alice, 2, second.device))));
  EXPECT_EQ(await(ports().manifests.entries(alice.id, 0, 100))->size(), 2u);
}

TEST_P(ManifestRepositoryContract, AddsOnlyPendingDevicesWithTheirOwnKey) {
  const domain::Account alice = account("alice@gxcoin.test");
  const domain::Account bob = account("bob@gxcoin.test");
  activeDevice(alice, 1);
  const Session keyless = signIn(alice, 2);
  const Session foreign = signIn(bob, 3);
  ASSERT_TRUE(await(ports().preKeys.upload(foreign.device, fullUpload(foreign.device))));

  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 2, keyless.device)))), "manifest_conflict");
  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 2, foreign.device)))), "manifest_conflict");
  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 2, DeviceId{1})))), "manifest_conflict");
  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 2, DeviceId{77})))), "manifest_conflict");
}

TEST_P(ManifestRepositoryContract, RevokesWithTokensKeysAndMailbox) {
  const domain::Account alice = account("alice@gxcoin.test");
  activeDevice(alice, 1);
  const DeviceId second = activeDevice(alice, 2, 2);

  const auto revoked = await(ports().manifests.append(act(alice, 3, second, false)));

  ASSERT_TRUE(revoked);
  EXPECT_EQ(*revoked, std::vector<DeviceId>{second});
  EXPECT_EQ(await(ports().devices.find(second))->state, wire::DeviceState::Revoked);
  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(sha256("access2")))), "not_found");
  EXPECT_EQ(codeOf(await(ports().messages.head(second))), "not_found");
  EXPECT_EQ(await(ports().preKeys.activeDevices(alice.id))->devices.size(), 1);
  EXPECT_TRUE(await(ports().preKeys.claim(alice.id, {second}))->empty());
  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 4, second, false)))), "manifest_conflict");
}

TEST_P(ManifestRepositoryContract, HoldsAtMostSixDevices) {
  const domain::Account alice = account("alice@gxcoin.test");
  for (quint32 id = 1; id <= 6; ++id) activeDevice(alice, id, id);
  const Session seventh = signIn(alice, 7);
  ASSERT_TRUE(await(ports().preKeys.upload(seventh.device, fullUpload(seventh.device))));

  EXPECT_EQ(codeOf(await(ports().manifests.append(act(alice, 7, seventh.device)))), "too_many_devices");

  EXPECT_EQ(await(ports().manifests.entries(alice.id, 0, 100))->size(), 6u);
}

TEST_P(ManifestRepositoryContract, StartsANewChainOnlyWhenAskedOrEmpty) {
  const domain::Account alice = account("alice@gxcoin.test");
  const DeviceId lost = activeDevice(alice, 1);
  const Session fresh = signIn(alice, 2);
  ASSERT_TRUE(await(ports().preKeys.upload(fresh.device, fullUpload(fresh.device))));
  domain::ManifestAct start = act(alice, 1, fresh.device);

  EXPECT_EQ(codeOf(await(ports().manifests.append(start))), "manifest_conflict");
  start.replacesChain = true;
  const auto revoked = await(ports().manifests.append(start));

  ASSERT_TRUE(revoked);
  EXPECT_EQ(*revoked, std::vector<DeviceId>{lost});
  const auto entries = await(ports().manifests.entries(alice.id, 0, 100));
  ASSERT_EQ(entries->size(), 1u);  // of the newest chain
  EXPECT_EQ(entries->front().deviceId, fresh.device);
}

TEST_P(ManifestRepositoryContract, StartsANewChainAfterTheLastDeviceWasRemoved) {
  const domain::Account alice = account("alice@gxcoin.test");
  const DeviceId first = activeDevice(alice, 1);
  ASSERT_TRUE(await(ports().manifests.append(act(alice, 2, first, false))));

  const DeviceId next = activeDevice(alice, 2, 1);

  EXPECT_EQ(await(ports().devices.find(next))->state, wire::DeviceState::Active);
}

}  // namespace gx::test
