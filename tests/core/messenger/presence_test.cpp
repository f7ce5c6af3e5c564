// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/presence.h"

#include "core/wire/event_names.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using wire::PresenceState;

class PresenceTest : public test::Unconnected {
 protected:
  void SetUp() override {
    Unconnected::SetUp();
    changed = std::make_unique<test::SignalProbe<wire::PresenceInfo>>(&presence(), &Presence::changed);
    presence().watch({user(2), user(3)});
  }
  Presence &presence() { return session->presence(); }
  void tells(quint8 who, PresenceState state, qint64 since = 1000) {
    wire::PresenceInfo info;
    info.userId = user(who);
    info.state = state;
    info.since = since;
    arrives(wire::events::kPresence, info.toJson());
  }

  std::unique_ptr<test::SignalProbe<wire::PresenceInfo>> changed;
};

TEST_F(PresenceTest, NobodyIsKnownAtFirst) {
  EXPECT_EQ(presence().of(user(2)).state, PresenceState::Unknown);
  EXPECT_EQ(presence().of(user(2)).userId, user(2));
  EXPECT_EQ(presence().of(user(2)).since, 0);
}

TEST_F(PresenceTest, WhatIsToldIsKeptAndPassedOn) {
  tells(2, PresenceState::Online);
  tells(2, PresenceState::Away, 2000);

  EXPECT_EQ(presence().of(user(2)).state, PresenceState::Away);
  EXPECT_EQ(presence().of(user(2)).since, 2000);
  ASSERT_EQ(changed->count(), 2U);
  EXPECT_EQ(changed->value().state, PresenceState::Online);
}

TEST_F(PresenceTest, TheSameAgainIsNoChange) {
  tells(2, PresenceState::Online);
  tells(2, PresenceState::Online);

  EXPECT_EQ(changed->count(), 1U);
}

TEST_F(PresenceTest, WhoIsNotWatchedIsIgnored) {
  tells(4, PresenceState::Online);

  EXPECT_EQ(changed->count(), 0U);
  EXPECT_EQ(presence().of(user(4)).state, PresenceState::Unknown);
}

TEST_F(PresenceTest, ANewListReplacesTheOld) {
  presence().watch({user(4)});

  tells(2, PresenceState::Online);
  tells(4, PresenceState::Online);

  ASSERT_EQ(changed->count(), 1U);
  EXPECT_EQ(changed->value().userId, user(4));
}

TEST_F(PresenceTest, LosingTheConnectionMakesEverybodyUnknown) {
  tells(2, PresenceState::Online);
  tells(3, PresenceState::Away);

  Q_EMIT session->connection().stateChanged();  // it is not online

  EXPECT_EQ(presence().of(user(2)).state, PresenceState::Unknown);
  EXPECT_EQ(presence().of(user(3)).state, PresenceState::Unknown);
  ASSERT_EQ(changed->count(), 4U);
  EXPECT_EQ(changed->value(3).state, PresenceState::Unknown);
  Q_EMIT session->connection().stateChanged();
  EXPECT_EQ(changed->count(), 4U);
}

TEST_F(PresenceTest, DamagedNotesAreLeftAlone) {
  arrives(wire::events::kPresence, "[]");
  arrives(wire::events::kTyping, "{}");

  EXPECT_EQ(changed->count(), 0U);
}

}  // namespace
}  // namespace gx::messenger
