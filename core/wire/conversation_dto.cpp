// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/conversation_dto.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

Participant readParticipant(const JsonValue &value) {
  const JsonReader in = value.object();
  Participant participant;
  participant.userId = in["user_id"].id<UserId>();
  participant.account = in["account"].text({limits::kAccountBytes});
  participant.role = in["role"].named(parseParticipantRole);
  return participant;
}

ConversationInfo readConversation(const JsonReader &in) {
  ConversationInfo info;
  info.conversationId = in["conversation_id"].id<ConversationId>();
  info.type = in["type"].named(parseConversationType);
  info.createdAt = in["created_at"].millis();
  in["participants"].each(limits::kMembersPerGroup,
                          [&](const JsonValue &value) { info.participants.append(readParticipant(value)); });
  return info;
}

void writeConversation(JsonWriter &out, const ConversationInfo &info) {
  out.beginObject().key("conversation_id").id(info.conversationId).key("type").text(toText(info.type));
  out.key("created_at").number(info.createdAt).key("participants").beginArray();
  for (const Participant &participant : info.participants) {
    out.beginObject().key("user_id").id(participant.userId).key("account").text(participant.account);
    out.key("role").text(toText(participant.role)).endObject();
  }
  out.endArray().endObject();
}

}  // namespace

const char *toText(ConversationType type) {
  return type == ConversationType::Direct ? "DIRECT" : "GROUP";
}

const char *toText(ParticipantRole role) {
  switch (role) {
    case ParticipantRole::Owner:
      return "OWNER";
    case ParticipantRole::Admin:
      return "ADMIN";
    case ParticipantRole::Member:
      return "MEMBER";
  }
  return "";
}

std::optional<ConversationType> parseConversationType(QByteArrayView text) {
  for (const auto type : {ConversationType::Direct, ConversationType::Group})
    if (text == toText(type)) return type;
  return std::nullopt;
}

std::optional<ParticipantRole> parseParticipantRole(QByteArrayView text) {
  for (const auto role : {ParticipantRole::Owner, ParticipantRole::Admin, ParticipantRole::Member})
    if (text == toText(role)) return role;
  return std::nullopt;
}

Result<ConversationCreate> ConversationCreate::parse(QByteArrayView json) {
  const JsonReader in(json);
  ConversationCreate create;
  const JsonValue with = in["with"];
  with.each(limits::kMembersPerGroup,
            [&](const JsonValue &value) { create.with.append(value.text({limits::kAccountBytes})); });
  if (create.with.isEmpty()) with.refuse("empty");
  return in.done(std::move(create));
}

QByteArray ConversationCreate::toJson() const {
  JsonWriter out;
  out.beginObject().key("with").beginArray();
  for (const QByteArray &account : with) out.text(account);
  return out.endArray().endObject().take();
}

Result<ConversationInfo> ConversationInfo::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(readConversation(in));
}

QByteArray ConversationInfo::toJson() const {
  JsonWriter out;
  writeConversation(out, *this);
  return out.take();
}

Result<ConversationPage> ConversationPage::parse(QByteArrayView json) {
  const JsonReader in(json);
  ConversationPage page;
  in["conversations"].each(limits::kConversationPage, [&](const JsonValue &value) {
    const JsonReader conversation = value.object();
    page.conversations.append(readConversation(conversation));
  });
  if (in.has("next")) page.next = in["next"].id<ConversationId>();
  return in.done(std::move(page));
}

QByteArray ConversationPage::toJson() const {
  JsonWriter out;
  out.beginObject().key("conversations").beginArray();
  for (const ConversationInfo &info : conversations) writeConversation(out, info);
  out.endArray();
  if (next) out.key("next").id(*next);
  return out.endObject().take();
}

}  // namespace gx::wire
