// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/domain/roster.h"

#include <gtest/gtest.h>

#include "server/domain/principal.h"

namespace gx::test {

using server::domain::Roster;

TEST(Roster, KnowsItsMembersAndWhoHasDevices) {
  UserId alice;
  alice.bytes[0] = 1;
  UserId bob;
  bob.bytes[0] = 2;
  Roster roster;
  roster.members = {{alice, 1}, {bob, 1}};
  roster.devices = {{DeviceId{5}, alice, 9}};

  EXPECT_TRUE(roster.hasMember(alice));
  EXPECT_TRUE(roster.hasMember(bob));
  EXPECT_FALSE(roster.hasMember(UserId{}));
  EXPECT_TRUE(roster.hasDeviceOf(alice));
  EXPECT_FALSE(roster.hasDeviceOf(bob));
}

TEST(Principal, IsActiveByItsDevicesState) {
  server::domain::Principal who;
  EXPECT_FALSE(who.isActive());
  who.state = wire::DeviceState::Active;
  EXPECT_TRUE(who.isActive());
  who.state = wire::DeviceState::Revoked;
  EXPECT_FALSE(who.isActive());
}

}  // namespace gx::test
