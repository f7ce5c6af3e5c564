// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/typing.h"

#include "core/wire/event_names.h"
#include "core/wire/presence_dto.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace std::chrono_literals;

class TypingTest : public test::Unconnected {
 protected:
  void SetUp() override {
    Unconnected::SetUp();
    changed = std::make_unique<test::SignalProbe<ConversationId, UserId, bool>>(&session->typing(), &Typing::changed);
  }
  void notes(quint8 who, quint32 device, bool isActive, quint8 where = 1) {
    wire::TypingNotice note;
    note.conversationId = conversation(where);
    note.userId = user(who);
    note.deviceId = DeviceId{device};
    note.active = isActive;
    arrives(wire::events::kTyping, note.toJson());
  }
  [[nodiscard]] std::size_t count(quint8 where = 1) const {
    return session->typing().typists(conversation(where)).size();
  }

  std::unique_ptr<test::SignalProbe<ConversationId, UserId, bool>> changed;
};

TEST_F(TypingTest, WhoTypesIsKnownUntilTheyStop) {
  notes(2, 7, true);
  EXPECT_EQ(session->typing().typists(conversation(1)), std::set<UserId>{user(2)});
  notes(2, 7, false);

  EXPECT_EQ(count(), 0U);
  ASSERT_EQ(changed->count(), 2U);
  EXPECT_TRUE(changed->value<2>(0));
  EXPECT_FALSE(changed->value<2>(1));
}

TEST_F(TypingTest, ANoteIsForgottenAfterSixSeconds) {
  notes(2, 7, true);

  clock.advance(5999ms);
  EXPECT_EQ(count(), 1U);
  clock.advance(1ms);

  EXPECT_EQ(count(), 0U);
  ASSERT_EQ(changed->count(), 2U);
  EXPECT_FALSE(changed->value<2>(1));
}

TEST_F(TypingTest, ANewNoteKeepsItAlive) {
  notes(2, 7, true);
  clock.advance(4s);
  notes(2, 7, true);

  clock.advance(4s);
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(changed->count(), 1U);  // nothing changed in between
  clock.advance(2s);
  EXPECT_EQ(count(), 0U);
}

TEST_F(TypingTest, APersonStopsWithTheirLastDevice) {
  notes(2, 7, true);
  notes(2, 8, true);
  EXPECT_EQ(count(), 1U);

  notes(2, 7, false);
  EXPECT_EQ(count(), 1U);
  notes(2, 8, false);

  EXPECT_EQ(count(), 0U);
  EXPECT_FALSE(changed->value<2>(changed->count() - 1));
}

TEST_F(TypingTest, ConversationsAreKeptApart) {
  notes(2, 7, true, 1);
  notes(3, 9, true, 2);

  EXPECT_EQ(session->typing().typists(conversation(1)), std::set<UserId>{user(2)});
  EXPECT_EQ(session->typing().typists(conversation(2)), std::set<UserId>{user(3)});
  EXPECT_EQ(changed->value<0>(1), conversation(2));
}

TEST_F(TypingTest, StoppingWithoutStartingIsNothing) {
  notes(2, 7, false);

  EXPECT_EQ(changed->count(), 0U);
}

TEST_F(TypingTest, OtherEventsAndDamagedNotesAreLeftAlone) {
  arrives(wire::events::kTyping, "{}");
  arrives(wire::events::kTyping, "not json");
  arrives(wire::events::kPresence, "{}");

  EXPECT_EQ(changed->count(), 0U);
}

TEST_F(TypingTest, ARelayCannotMakeItGrowWithoutEnd) {
  for (quint32 device = 1; device <= 1100; ++device) notes(2, device, true);
  notes(3, 1, true);

  EXPECT_EQ(count(), 1U);  // user 3 found no room
  clock.advance(6s);
  EXPECT_EQ(count(), 0U);
  notes(3, 1, true);
  EXPECT_EQ(session->typing().typists(conversation(1)), std::set<UserId>{user(3)});
}

TEST_F(TypingTest, OwnTypingOfflineIsNoError) {
  session->typing().setOwn(conversation(1), true);
  session->typing().setOwn(conversation(1), false);

  EXPECT_EQ(changed->count(), 0U);  // others' typing alone is told
}

}  // namespace
}  // namespace gx::messenger
