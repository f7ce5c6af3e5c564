// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/presence_dto.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

// What a client may set about itself.
std::optional<PresenceState> parseOwnPresence(QByteArrayView text) {
  const auto state = parsePresenceState(text);
  return state == PresenceState::Online || state == PresenceState::Away ? state : std::nullopt;
}

PresenceInfo readPresence(const JsonReader &in) {
  PresenceInfo info;
  info.userId = in["user_id"].id<UserId>();
  info.state = in["state"].named(parsePresenceState);
  info.since = in["since"].millis();
  return info;
}

void writePresence(JsonWriter &out, const PresenceInfo &info) {
  out.beginObject().key("user_id").id(info.userId).key("state").text(toText(info.state));
  out.key("since").number(info.since).endObject();
}

}  // namespace

const char *toText(PresenceState state) {
  switch (state) {
    case PresenceState::Online:
      return "online";
    case PresenceState::Away:
      return "away";
    case PresenceState::Offline:
      return "offline";
    case PresenceState::Unknown:
      return "unknown";
  }
  return "";
}

std::optional<PresenceState> parsePresenceState(QByteArrayView text) {
  for (const auto state : {PresenceState::Online, PresenceState::Away, PresenceState::Offline, PresenceState::Unknown})
    if (text == toText(state)) return state;
  return std::nullopt;
}

Result<PresenceSet> PresenceSet::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(PresenceSet{in["state"].named(parseOwnPresence)});
}

QByteArray PresenceSet::toJson() const {
  JsonWriter out;
  return out.beginObject().key("state").text(toText(state)).endObject().take();
}

Result<PresenceWatch> PresenceWatch::parse(QByteArrayView json) {
  const JsonReader in(json);
  PresenceWatch watch;
  in["user_ids"].each(limits::kPresenceWatched,
                      [&](const JsonValue &value) { watch.userIds.append(value.id<UserId>()); });
  return in.done(std::move(watch));
}

QByteArray PresenceWatch::toJson() const {
  JsonWriter out;
  out.beginObject().key("user_ids").beginArray();
  for (const UserId &user : userIds) out.id(user);
  return out.endArray().endObject().take();
}

Result<PresenceInfo> PresenceInfo::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(readPresence(in));
}

QByteArray PresenceInfo::toJson() const {
  JsonWriter out;
  writePresence(out, *this);
  return out.take();
}

Result<PresenceList> PresenceList::parse(QByteArrayView json) {
  const JsonReader in(json);
  PresenceList list;
  in["presence"].each(limits::kPresenceWatched, [&](const JsonValue &value) {
    const JsonReader info = value.object();
    list.presence.append(readPresence(info));
  });
  return in.done(std::move(list));
}

QByteArray PresenceList::toJson() const {
  JsonWriter out;
  out.beginObject().key("presence").beginArray();
  for (const PresenceInfo &info : presence) writePresence(out, info);
  return out.endArray().endObject().take();
}

Result<TypingSet> TypingSet::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(TypingSet{in["conversation_id"].id<ConversationId>(), in["active"].flag()});
}

QByteArray TypingSet::toJson() const {
  JsonWriter out;
  return out.beginObject().key("conversation_id").id(conversationId).key("active").flag(active).endObject().take();
}

Result<TypingNotice> TypingNotice::parse(QByteArrayView json) {
  const JsonReader in(json);
  TypingNotice notice;
  notice.conversationId = in["conversation_id"].id<ConversationId>();
  notice.userId = in["user_id"].id<UserId>();
  notice.deviceId = in["device_id"].deviceId();
  notice.active = in["active"].flag();
  return in.done(notice);
}

QByteArray TypingNotice::toJson() const {
  JsonWriter out;
  out.beginObject().key("conversation_id").id(conversationId).key("user_id").id(userId);
  return out.key("device_id").deviceId(deviceId).key("active").flag(active).endObject().take();
}

}  // namespace gx::wire
