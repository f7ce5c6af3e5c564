// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_presence_directory.h"

#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"

namespace gx::test {

using server::cache::LocalPresenceDirectory;
using wire::PresenceState;

class LocalPresenceDirectoryTest : public testing::Test {
 protected:
  UserId person() { return newId<UserId>(clock, random); }
  void put(LocalPresenceDirectory &directory, const UserId &user, PresenceState state) {
    EXPECT_TRUE(await(directory.put({user, state, clock.wallNow()})));
  }
  ManualClock clock;
  FixedRandom random;
};

TEST_F(LocalPresenceDirectoryTest, FindsTheLastRecordAndOfflineForTheUnseen) {
  LocalPresenceDirectory directory;
  const UserId alice = person();
  const UserId bob = person();
  put(directory, alice, PresenceState::Online);
  clock.advance(std::chrono::seconds(1));
  put(directory, alice, PresenceState::Away);

  const auto found = await(directory.find({bob, alice}));

  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].user, bob);
  EXPECT_EQ((*found)[0].state, PresenceState::Offline);
  EXPECT_EQ(toMillis((*found)[0].since), 0);
  EXPECT_EQ((*found)[1].state, PresenceState::Away);
  EXPECT_EQ((*found)[1].since, clock.wallNow());
}

TEST_F(LocalPresenceDirectoryTest, ForgetsTheLongestOfflineFirst) {
  LocalPresenceDirectory directory(4);
  const UserId online = person();
  put(directory, online, PresenceState::Online);
  std::vector<UserId> gone;
  for (int i = 0; i < 4; ++i) {
    clock.advance(std::chrono::seconds(1));
    gone.push_back(person());
    put(directory, gone.back(), PresenceState::Offline);
  }

  EXPECT_EQ(directory.size(), 3);
  const auto found = await(directory.find({online, gone[0], gone[3]})).value();
  EXPECT_EQ(found[0].state, PresenceState::Online);
  EXPECT_EQ(toMillis(found[1].since), 0);
  EXPECT_NE(toMillis(found[2].since), 0);
}

}  // namespace gx::test
