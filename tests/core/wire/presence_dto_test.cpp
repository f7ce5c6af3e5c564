// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/presence_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

const auto kWatched = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value();
const auto kTypingIn = parseId<ConversationId>("0190a1b2-c3d4-7000-8000-000000000001").value();

TEST(PresenceDto, PresenceHasItsMembers) {
  const PresenceInfo info{kWatched, PresenceState::Away, 5};

  EXPECT_EQ(info.toJson(), R"({"user_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","state":"away","since":5})");
  EXPECT_EQ(PresenceInfo::parse(info.toJson()).value(), info);
  EXPECT_EQ(PresenceList::parse(PresenceList{{info}}.toJson())->presence, QList<PresenceInfo>{info});
}

TEST(PresenceDto, OnlyOnlineAndAwayCanBeSet) {
  EXPECT_EQ(PresenceSet::parse(R"({"state":"online"})")->state, PresenceState::Online);
  EXPECT_EQ(PresenceSet::parse(R"({"state":"away"})")->state, PresenceState::Away);
  EXPECT_FALSE(PresenceSet::parse(R"({"state":"offline"})"));
}

TEST(PresenceDto, WatchNamesPeople) {
  EXPECT_EQ(PresenceWatch::parse(PresenceWatch{{kWatched}}.toJson())->userIds, QList<UserId>{kWatched});
}

TEST(PresenceDto, TypingHasItsMembers) {
  const auto set = TypingSet::parse(TypingSet{kTypingIn, true}.toJson()).value();
  const auto notice = TypingNotice::parse(TypingNotice{kTypingIn, kWatched, DeviceId{17}, true}.toJson()).value();

  EXPECT_EQ(set.conversationId, kTypingIn);
  EXPECT_TRUE(set.active);
  EXPECT_EQ(notice.conversationId, kTypingIn);
  EXPECT_EQ(notice.userId, kWatched);
  EXPECT_EQ(notice.deviceId, DeviceId{17});
  EXPECT_TRUE(notice.active);
}

TEST(PresenceDto, StatesHaveNames) {
  for (const auto state : {PresenceState::Online, PresenceState::Away, PresenceState::Offline, PresenceState::Unknown})
    EXPECT_EQ(parsePresenceState(toText(state)), state);
  EXPECT_EQ(parsePresenceState("Online"), std::nullopt);
}

}  // namespace
}  // namespace gx::wire
