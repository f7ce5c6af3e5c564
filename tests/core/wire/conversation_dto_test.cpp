// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/conversation_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

constexpr char kConversation[] =
    R"({"conversation_id":"0190a1b2-c3d4-7000-8000-000000000001","type":"GROUP","created_at":5,)"
    R"("participants":[{"user_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","account":"a@x.test","role":"ADMIN"}]})";

TEST(ConversationDto, ConversationHasItsMembers) {
  const auto info = ConversationInfo::parse(kConversation).value();

  EXPECT_EQ(toText(info.conversationId), "0190a1b2-c3d4-7000-8000-000000000001");
  EXPECT_EQ(info.type, ConversationType::Group);
  EXPECT_EQ(info.createdAt, 5);
  ASSERT_EQ(info.participants.size(), 1);
  EXPECT_EQ(toText(info.participants[0].userId), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  EXPECT_EQ(info.participants[0].account, "a@x.test");
  EXPECT_EQ(info.participants[0].role, ParticipantRole::Admin);
  EXPECT_EQ(info.toJson(), kConversation);
}

TEST(ConversationDto, PageTellsWhereItGoesOn) {
  ConversationPage page;
  page.conversations.append(ConversationInfo::parse(kConversation).value());
  page.next = page.conversations[0].conversationId;

  const auto read = ConversationPage::parse(page.toJson()).value();

  EXPECT_EQ(read.conversations, page.conversations);
  EXPECT_EQ(read.next, page.next);
  EXPECT_EQ(ConversationPage::parse(R"({"conversations":[]})")->next, std::nullopt);
}

TEST(ConversationDto, CreateNamesAccounts) {
  const auto create = ConversationCreate::parse(R"({"with":["b@x.test","c@x.test"]})").value();

  EXPECT_EQ(create.with, (QList<QByteArray>{"b@x.test", "c@x.test"}));
}

TEST(ConversationDto, TypesAndRolesHaveNames) {
  for (const auto type : {ConversationType::Direct, ConversationType::Group})
    EXPECT_EQ(parseConversationType(toText(type)), type);
  for (const auto role : {ParticipantRole::Owner, ParticipantRole::Admin, ParticipantRole::Member})
    EXPECT_EQ(parseParticipantRole(toText(role)), role);
  EXPECT_EQ(parseConversationType("group"), std::nullopt);
  EXPECT_EQ(parseParticipantRole(""), std::nullopt);
}

}  // namespace
}  // namespace gx::wire
