// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/repository_contract.h"

namespace gx::test {

GX_REPOSITORY_CONTRACT(DeviceRepositoryContract);

TEST_P(DeviceRepositoryContract, ListsPendingAndActiveByTimeOfMaking) {
  const domain::Account alice = account("alice@gxcoin.test");
  const DeviceId first = activeDevice(alice, 30);
  house().clock.advance(std::chrono::seconds(1));
  const DeviceId second = signIn(alice, 20).device;

  const auto devices = await(ports().devices.list(alice.id));

  ASSERT_TRUE(devices);
  ASSERT_EQ(devices->size(), 2u);
  EXPECT_EQ((*devices)[0].id, first);
  EXPECT_EQ((*devices)[0].state, wire::DeviceState::Active);
  EXPECT_EQ((*devices)[0].identityKey, key(30));
  EXPECT_EQ((*devices)[0].registrationId, 31u);
  EXPECT_EQ((*devices)[1].id, second);
  EXPECT_EQ((*devices)[1].state, wire::DeviceState::Pending);
  EXPECT_EQ((*devices)[1].name, "device 20");
  EXPECT_TRUE((*devices)[1].identityKey.isEmpty());
}

TEST_P(DeviceRepositoryContract, RemovesAPendingDeviceWithAllThatHangsOnIt) {
  const domain::Account alice = account("alice@gxcoin.test");
  const Session session = signIn(alice, 7);
  ASSERT_TRUE(await(ports().preKeys.upload(session.device, fullUpload(session.device))));
  ASSERT_TRUE(await(ports().links.commit(session.device, QByteArray(32, 'c'))));

  ASSERT_TRUE(await(ports().devices.removePending(alice.id, session.device)));

  EXPECT_EQ(codeOf(await(ports().devices.find(session.device))), "not_found");
  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(session.access.hash))), "not_found");
  EXPECT_EQ(codeOf(await(ports().tokens.findRefresh(session.refresh.hash))), "not_found");
  EXPECT_EQ(codeOf(await(ports().links.find(alice.id, session.device))), "not_found");
  EXPECT_EQ(await(ports().preKeys.count(session.device))->preKeys, 0);
}

TEST_P(DeviceRepositoryContract, RefusesToRemoveActiveAndForeignDevices) {
  const domain::Account alice = account("alice@gxcoin.test");
  const domain::Account bob = account("bob@gxcoin.test");
  const DeviceId active = activeDevice(alice, 1);
  const DeviceId pending = signIn(alice, 2).device;

  EXPECT_EQ(codeOf(await(ports().devices.removePending(alice.id, active))), "manifest_conflict");
  EXPECT_EQ(codeOf(await(ports().devices.removePending(bob.id, pending))), "not_found");
  EXPECT_EQ(codeOf(await(ports().devices.removePending(bob.id, active))), "not_found");
  EXPECT_EQ(codeOf(await(ports().devices.removePending(alice.id, DeviceId{99}))), "not_found");
}

TEST_P(DeviceRepositoryContract, NotesTheDayAndTheLargestBootState) {
  const domain::Account alice = account("alice@gxcoin.test");
  const DeviceId device = activeDevice(alice, 1);
  const auto seen = [&](qint64 day, std::optional<domain::BootState> boot) {
    return await(ports().devices.noteSeen(device, day, boot)).value();
  };

  EXPECT_FALSE(seen(20000, domain::BootState{3, 10}));
  EXPECT_FALSE(seen(20001, domain::BootState{4, 12}));
  EXPECT_FALSE(seen(20000, std::nullopt));  // a clock that went back makes nobody younger

  EXPECT_TRUE(seen(20001, domain::BootState{3, 12}));
  EXPECT_TRUE(seen(20001, domain::BootState{5, 11}));
  EXPECT_FALSE(seen(20001, domain::BootState{5, 12}));  // the larger counter of the one before was kept
  EXPECT_EQ(await(ports().devices.find(device))->lastSeenDay, 20001);
  EXPECT_EQ(codeOf(await(ports().devices.noteSeen(DeviceId{99}, 1, std::nullopt))), "not_found");
}

TEST_P(DeviceRepositoryContract, ExpiresPendingDevicesOnly) {
  const domain::Account alice = account("alice@gxcoin.test");
  const DeviceId active = activeDevice(alice, 1);
  const DeviceId old = signIn(alice, 2).device;
  house().clock.advance(std::chrono::hours(2));
  const DeviceId young = signIn(alice, 3).device;

  const auto gone = await(ports().devices.expirePending(now() - std::chrono::hours(1)));

  ASSERT_TRUE(gone);
  EXPECT_EQ(*gone, std::vector<DeviceId>{old});
  EXPECT_TRUE(await(ports().devices.find(active)));
  EXPECT_TRUE(await(ports().devices.find(young)));
}

}  // namespace gx::test
