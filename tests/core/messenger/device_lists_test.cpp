// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/device_lists.h"

#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using test::await;
using test::Person;
using vault::ManifestChange;

class DeviceListsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
  }
  DeviceLists &lists() { return alice.session().deviceLists(); }
  // One more entry of alice's own chain about a device with the key of `whose`, as she would sign it.
  curve::ManifestEntry entry(curve::ManifestOperation operation, DeviceId device, Person &whose) {
    const auto identity = await(whose.vault().deviceKeys().identity());
    EXPECT_TRUE(identity);
    auto made = await(alice.vault().manifests().makeEntry(operation, device, identity->publicKey, QByteArray(32, 'n')));
    if (!made) ADD_FAILURE() << describe(made.error()).toStdString();
    return made.value_or(curve::ManifestEntry());
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(DeviceListsTest, TheFirstLookPinsTheSecondChangesNothing) {
  test::SignalProbe<UserId, ManifestChange> changed(&lists(), &DeviceLists::listChanged);
  const UserId other = bob.self().user;
  alice.talksTo(bob);

  const auto first = await(lists().refresh(other));
  ASSERT_TRUE(first) << describe(first.error()).toStdString();
  EXPECT_EQ(first->change, ManifestChange::Extended);
  EXPECT_EQ(first->version, 1U);
  EXPECT_EQ(first->added, std::vector<DeviceId>{bob.self().device});

  const auto second = await(lists().refresh(other));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->change, ManifestChange::Unchanged);
  ASSERT_EQ(changed.count(), 1U);
  EXPECT_EQ(changed.value(), other);
}

TEST_F(DeviceListsTest, ANewIdentityIsANewRoot) {
  const UserId other = bob.self().user;
  alice.talksTo(bob);
  ASSERT_TRUE(await(lists().refresh(other)));
  Person fresh(relay, "bob@example.org");
  ASSERT_EQ(fresh.signsIn(true), SignInOutcome::Approved);
  test::SignalProbe<UserId, ManifestChange> changed(&lists(), &DeviceLists::listChanged);

  const auto outcome = await(lists().refresh(other));

  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->change, ManifestChange::NewRoot);
  ASSERT_EQ(changed.count(), 1U);
  EXPECT_EQ(changed.value<1>(), ManifestChange::NewRoot);
  EXPECT_EQ(await(alice.vault().manifests().pinned(other))->trust, model::Trust::Broken);
}

TEST_F(DeviceListsTest, NobodysListIsAnError) {
  UserId nobody;
  nobody.bytes[3] = 9;

  const auto outcome = await(lists().refresh(nobody));

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::NotFound);
}

TEST_F(DeviceListsTest, WithoutRelayWhatIsPinnedStays) {
  const UserId other = bob.self().user;
  alice.talksTo(bob);
  ASSERT_TRUE(await(lists().refresh(other)));
  relay.stop();

  const auto outcome = await(lists().refresh(other));

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::Network);
  EXPECT_EQ(await(alice.vault().manifests().pinned(other))->version, 1U);
}

TEST_F(DeviceListsTest, AnEntryOfANobodyIsRefusedAndNotPinned) {
  const auto refused = await(lists().append(entry(curve::ManifestOperation::Add, DeviceId{77}, bob), false));

  ASSERT_FALSE(refused);
  EXPECT_EQ(await(alice.vault().manifests().pinned(alice.self().user))->version, 1U);
}

TEST_F(DeviceListsTest, AnEntryIsTakenOnce) {
  const auto remove = entry(curve::ManifestOperation::Remove, alice.self().device, alice);
  ASSERT_TRUE(await(lists().append(remove, false)));
  EXPECT_TRUE(await(alice.vault().manifests().pinned(alice.self().user))->devices.empty());

  EXPECT_FALSE(await(lists().append(remove, false)));
}

}  // namespace
}  // namespace gx::messenger
