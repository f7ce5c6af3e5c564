// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class DevicesTest : public ServicesTest {
 protected:
  DevicesTest() {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
  }
  QByteArray appends(const TestDevice &by, const wire::ManifestAppend &append) {
    return refusalOf(await(all->devices.append(by.who, append)));
  }
};

TEST_F(DevicesTest, ListOwnDevicesWithTheirStates) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  house.clock.advance(std::chrono::seconds(1));
  const TestDevice second = pendingDevice("alice@gxcoin.test");
  wire::ConnectAuth auth;
  ASSERT_TRUE(await(all->mailbox.open(first.who, auth)));

  const auto list = await(all->devices.list(second.who));

  ASSERT_TRUE(list);
  ASSERT_EQ(list->devices.size(), 2);
  EXPECT_EQ(list->devices[0].deviceId, first.id());
  EXPECT_EQ(list->devices[0].state, wire::DeviceState::Active);
  EXPECT_EQ(list->devices[0].lastSeenDay, "2025-06-15");
  EXPECT_FALSE(list->devices[0].current);
  EXPECT_EQ(list->devices[1].state, wire::DeviceState::Pending);
  EXPECT_EQ(list->devices[1].lastSeenDay, "");
  EXPECT_TRUE(list->devices[1].current);
}

TEST_F(DevicesTest, RemovePendingOnesAndTheirTokens) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice pending = pendingDevice("alice@gxcoin.test");
  const TestDevice bobs = firstDevice("bob@gxcoin.test");

  EXPECT_EQ(refusalOf(await(all->devices.remove(bobs.who, pending.id()))), "not_found");
  EXPECT_EQ(refusalOf(await(all->devices.remove(first.who, first.id()))), "manifest_conflict");
  EXPECT_TRUE(await(all->devices.remove(first.who, pending.id())));

  EXPECT_EQ(refusalOf(await(all->tokens.check(pending.login.tokens.accessToken))), "unauthorized");
  EXPECT_EQ(timesHeard<domain::SessionEnded>(pending.id()), 1);
}

TEST_F(DevicesTest, BecomeActiveByTheirOwnFirstEntry) {
  const TestDevice device = deviceWithKeys("alice@gxcoin.test");

  const auto appended = await(all->devices.append(device.who, manifestEntry(device, device)));

  ASSERT_TRUE(appended);
  EXPECT_EQ(appended->version, 1);
  EXPECT_TRUE(await(all->tokens.check(device.login.tokens.accessToken))->isActive());
  EXPECT_EQ(timesHeard<domain::DeviceActivated>(device.id()), 1);
  EXPECT_EQ(timesHeard<wire::ManifestChanged>(device.id()), 1);
}

TEST_F(DevicesTest, AreAddedByAListedDevice) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice bobs = firstDevice("bob@gxcoin.test");
  opensChat(bobs, "alice@gxcoin.test");
  const TestDevice second = deviceWithKeys("alice@gxcoin.test");
  heard.clear();

  EXPECT_EQ(appends(first, manifestEntry(first, second)), "");

  EXPECT_TRUE(await(all->tokens.check(second.login.tokens.accessToken))->isActive());
  for (const TestDevice &device : {first, second, bobs})
    EXPECT_EQ(timesHeard<wire::ManifestChanged>(device.id()), 1) << device.id().value;
  const auto page = await(all->devices.manifest(bobs.who, first.who.user, 1));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->entries.size(), 1);
  EXPECT_EQ(page->entries[0].deviceId, second.id());
}

TEST_F(DevicesTest, AreRevokedWithEverythingAtOnce) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice second = furtherDevice(first, "alice@gxcoin.test");
  EXPECT_TRUE(await(all->tokens.check(second.login.tokens.accessToken)));

  EXPECT_EQ(appends(first, manifestEntry(first, second, false)), "");

  EXPECT_EQ(refusalOf(await(all->tokens.check(second.login.tokens.accessToken))), "unauthorized");
  EXPECT_EQ(timesHeard<domain::SessionEnded>(second.id()), 1);
  EXPECT_EQ(await(all->devices.list(first.who))->devices.size(), 1);
}

// Case 127 of RELIABILITY.md and every way an entry can be wrong.
TEST_F(DevicesTest, A127_RefuseBrokenEntriesWithTheirCause) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice bobs = firstDevice("bob@gxcoin.test");
  const TestDevice second = deviceWithKeys("alice@gxcoin.test");
  const auto changed = [&](auto change, bool isSigned = true) {
    wire::ManifestAppend append = manifestEntry(first, second);
    change(append.entry);
    if (isSigned) sign(first, append.entry);
    return appends(first, append);
  };

  EXPECT_EQ(changed([](auto &entry) { entry.version = 3; }), "manifest_conflict");
  EXPECT_EQ(changed([](auto &entry) { entry.version = 1; }), "manifest_conflict");
  EXPECT_EQ(changed([](auto &entry) { entry.version = 0; }), "invalid_manifest");
  EXPECT_EQ(changed([](auto &entry) { entry.prevHash = QByteArray(32, 'x'); }), "manifest_conflict");
  EXPECT_EQ(changed([](auto &entry) { entry.createdAt += 1; }, false), "invalid_signature");
  EXPECT_EQ(changed([](auto &entry) { entry.signature = QByteArray(64, '\0'); }, false), "invalid_signature");
  EXPECT_EQ(changed([](auto &entry) { entry.signature.chop(1); }, false), "invalid_signature");
  EXPECT_EQ(changed([&](auto &entry) { entry.identityKey = bobs.identity->publicKey.bytes(); }), "manifest_conflict");
  EXPECT_EQ(changed([](auto &entry) { entry.identityKey = QByteArray(33, '\5'); }), "manifest_conflict");
  EXPECT_EQ(changed([](auto &entry) { entry.identityKey[0] = '\6'; }), "invalid_manifest");
  EXPECT_EQ(changed([](auto &entry) { entry.identityKey = '\5' + QByteArray(32, '\0'); }), "invalid_manifest");
  EXPECT_EQ(changed([](auto &entry) { entry.deviceId = DeviceId{1}; }), "manifest_conflict");
  EXPECT_EQ(changed([&](auto &entry) { entry.userId = bobs.who.user; }), "forbidden");
  EXPECT_EQ(changed([&](auto &entry) { entry.byDevice = bobs.id(); }), "forbidden");
  EXPECT_EQ(appends(bobs, manifestEntry(first, second)), "forbidden");
  EXPECT_EQ(await(house.ports().manifests.entries(first.who.user, 0, 100))->size(), 1u);
}

TEST_F(DevicesTest, RefuseASelfSignedFurtherEntry) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice second = deviceWithKeys("alice@gxcoin.test");
  wire::ManifestAppend byItself = manifestEntry(second, second);

  EXPECT_EQ(appends(second, byItself), "device_pending");
  TestDevice claims = second;
  claims.who.state = wire::DeviceState::Active;  // as if the relay were mistaken
  EXPECT_EQ(appends(claims, byItself), "invalid_signature");
  EXPECT_FALSE(await(all->tokens.check(second.login.tokens.accessToken))->isActive());
}

// Case 129.
TEST_F(DevicesTest, A129_LetTheSecondOfTwoEntriesOfOneVersionRebase) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  const TestDevice second = furtherDevice(first, "alice@gxcoin.test");
  const TestDevice third = deviceWithKeys("alice@gxcoin.test");
  const TestDevice fourth = deviceWithKeys("alice@gxcoin.test");
  const wire::ManifestAppend byFirst = manifestEntry(first, third);
  const wire::ManifestAppend bySecond = manifestEntry(second, fourth);

  EXPECT_EQ(appends(first, byFirst), "");
  EXPECT_EQ(appends(second, bySecond), "manifest_conflict");
  EXPECT_EQ(appends(second, manifestEntry(second, fourth)), "");
}

TEST_F(DevicesTest, AreAtMostSix) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  for (int i = 2; i <= 6; ++i) furtherDevice(first, "alice@gxcoin.test");
  const TestDevice seventh = deviceWithKeys("alice@gxcoin.test");

  EXPECT_EQ(appends(first, manifestEntry(first, seventh)), "too_many_devices");
}

TEST_F(DevicesTest, StartANewChainWhenAskedTo) {
  const TestDevice lost = firstDevice("alice@gxcoin.test");
  const TestDevice fresh = deviceWithKeys("alice@gxcoin.test");
  wire::ManifestAppend start = manifestEntry(fresh, fresh, true, true);

  EXPECT_EQ(appends(fresh, start), "manifest_conflict");
  start.newChain = true;
  EXPECT_EQ(appends(fresh, start), "");

  EXPECT_EQ(refusalOf(await(all->tokens.check(lost.login.tokens.accessToken))), "unauthorized");
  EXPECT_TRUE(await(all->tokens.check(fresh.login.tokens.accessToken))->isActive());
  const auto page = await(all->devices.manifest(fresh.who, fresh.who.user, 0));
  ASSERT_EQ(page->entries.size(), 1);
  EXPECT_EQ(page->entries[0].deviceId, fresh.id());
}

TEST_F(DevicesTest, StartAChainOnlyWithThemselves) {
  const TestDevice first = deviceWithKeys("alice@gxcoin.test");
  const TestDevice second = deviceWithKeys("alice@gxcoin.test");

  EXPECT_EQ(appends(first, manifestEntry(first, second)), "invalid_manifest");
  EXPECT_EQ(appends(first, manifestEntry(first, first, false)), "invalid_manifest");
}

// Case 49: somebody else's manifest is as if it did not exist.
TEST_F(DevicesTest, ShowManifestsToAcquaintancesOnly) {
  const TestDevice alices = firstDevice("alice@gxcoin.test");
  const TestDevice bobs = firstDevice("bob@gxcoin.test");

  const auto foreign = await(all->devices.manifest(bobs.who, alices.who.user, 0));
  const auto nobody = await(all->devices.manifest(bobs.who, UserId{}, 0));

  ASSERT_FALSE(foreign || nobody);
  EXPECT_EQ(foreign.error(), nobody.error());
  EXPECT_TRUE(await(all->devices.manifest(alices.who, alices.who.user, 0)));
  opensChat(alices, "bob@gxcoin.test");
  EXPECT_TRUE(await(all->devices.manifest(bobs.who, alices.who.user, 0)));
}

TEST_F(DevicesTest, HaveAManifestOfAnyLengthInPages) {
  const TestDevice first = firstDevice("alice@gxcoin.test");
  for (int i = 0; i < 33; ++i) {
    const TestDevice passing = deviceWithKeys("alice@gxcoin.test");
    ASSERT_EQ(appends(first, manifestEntry(first, passing)), "");
    ASSERT_EQ(appends(first, manifestEntry(first, passing, false)), "");
    house.clock.advance(std::chrono::hours(1));
  }

  const auto page = await(all->devices.manifest(first.who, first.who.user, 0));
  const auto rest = await(all->devices.manifest(first.who, first.who.user, 64));

  ASSERT_TRUE(page);
  ASSERT_EQ(page->entries.size(), 64);
  EXPECT_EQ(page->entries.last().version, 64);
  EXPECT_TRUE(page->more);
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->entries.size(), 3);
  EXPECT_EQ(rest->entries.last().version, 67);
  EXPECT_FALSE(rest->more);
  EXPECT_FALSE(await(all->devices.manifest(first.who, first.who.user, 3))->more);  // exactly a page
}

}  // namespace gx::test
