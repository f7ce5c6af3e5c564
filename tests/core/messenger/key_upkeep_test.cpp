// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/key_upkeep.h"

#include <gtest/gtest.h>

#include "core/wire/event_names.h"
#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::Person;
using test::waitUntil;

class KeyUpkeepTest : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    bob.talksTo(alice);
  }
  int served() { return await(alice.session().relay().api().keyCount())->preKeys; }
  // Somebody begins sessions with alice: each takes a prekey.
  void take(int count) {
    wire::BundleRequest request;
    request.userId = alice.self().user;
    request.deviceIds = {alice.self().device};
    for (int i = 0; i < count; ++i) {
      const auto bundle = await(bob.session().relay().api().bundles(request));
      ASSERT_TRUE(bundle) << describe(bundle.error()).toStdString();
    }
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path(), .environment = {u"GX_RATE_SCALE=1000"_s}}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(KeyUpkeepTest, EnoughKeysAreLeftAlone) {
  take(50);
  test::SignalProbe<> uploaded(&alice.session().keyUpkeep(), &KeyUpkeep::uploaded);
  alice.connects();
  alice.session().keyUpkeep().wake();

  alice.sends(alice.talksTo(bob), u"hello"_s);

  EXPECT_EQ(served(), 50);
  EXPECT_EQ(uploaded.count(), 0U);
}

TEST_F(KeyUpkeepTest, FewKeysAreFilledUpAtTheNextConnection) {
  take(90);
  ASSERT_EQ(served(), 10);
  test::SignalProbe<> uploaded(&alice.session().keyUpkeep(), &KeyUpkeep::uploaded);

  alice.connects();

  ASSERT_TRUE(uploaded.waitFor(1));
  EXPECT_EQ(served(), 100);
}

TEST_F(KeyUpkeepTest, WhileConnectedTheRelaySaysThatKeysRunLow) {
  alice.connects();
  test::SignalProbe<> uploaded(&alice.session().keyUpkeep(), &KeyUpkeep::uploaded);

  take(85);

  ASSERT_TRUE(uploaded.waitFor(1));
  EXPECT_TRUE(waitUntil([&] { return served() >= 85; }));
}

TEST_F(KeyUpkeepTest, KeysOfALostStoreAreReplaced) {
  // The relay serves keys that this device does not hold: those of the same account's store as it was before.
  ASSERT_TRUE(await(alice.vault().deviceKeys().resetAll()));
  const auto batch = await(alice.vault().deviceKeys().uploadBatch(0));
  ASSERT_TRUE(batch);
  EXPECT_TRUE(batch->isReset);
  test::SignalProbe<> uploaded(&alice.session().keyUpkeep(), &KeyUpkeep::uploaded);

  alice.connects();

  ASSERT_TRUE(uploaded.waitFor(1));
  EXPECT_EQ(served(), 100);
  EXPECT_TRUE(await(alice.vault().deviceKeys().uploadBatch(0))->isEmpty());
  bob.connects();
  bob.sends(bob.talksTo(alice), u"to the new keys"_s);
  EXPECT_TRUE(alice.sees(alice.talksTo(bob), u"to the new keys"_s));
}

TEST_F(KeyUpkeepTest, ShutdownEndsItEvenBeforeItEverRan) {
  alice.session().keyUpkeep().start();

  await(alice.session().keyUpkeep().shutdown());

  EXPECT_EQ(served(), 100);
}

}  // namespace
}  // namespace gx::messenger
