// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_edits.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

constexpr auto kEditable = 24h;

}  // namespace

void MessageEdits::fill(store::MessageRow &line, const model::Content &content) {
  if (const auto *text = std::get_if<model::Text>(&content)) {
    line.message.text = text->text;
  } else if (const auto *reply = std::get_if<model::Reply>(&content)) {
    line.message.text = reply->text;
    line.message.quoted = reply->target;
    line.quotedUser = reply->targetUser;
    line.excerpt = reply->excerpt;
  } else if (const auto *unknown = std::get_if<model::Unsupported>(&content)) {
    line.message.kind = model::MessageKind::Unsupported;
    line.raw = unknown->body;
  }
}

Result<> MessageEdits::edit(store::MessageRow &line, const QString &text, WallTime when) {
  model::Message &message = line.message;
  if (message.isDeleted || message.kind != model::MessageKind::Text)
    return fail(ErrorKind::Conflict, "nothing to edit there");
  if (when - message.sentAt > kEditable) return fail(ErrorKind::Conflict, "older than 24 hours");
  if (message.editedAt && *message.editedAt > when) return fail(ErrorKind::Conflict, "edited later");
  message.text = text;
  message.editedAt = when;
  return m_room.messages.update(line);
}

Result<> MessageEdits::erase(store::MessageRow &line) {
  line.message.isDeleted = true;
  line.message.text.clear();
  line.raw.clear();
  line.excerpt.clear();
  line.isUnread = false;
  if (const auto gone = m_room.reactions.removeAll(line.id); !gone) return gone;
  if (const auto gone = m_room.messages.clearExcerptsOf(line.message.sender.user, line.message.id); !gone) return gone;
  return m_room.messages.update(line);
}

Result<> MessageEdits::react(const store::MessageRow &line, UserId user, const model::Reaction &reaction) {
  if (line.message.isDeleted) return fail(ErrorKind::Conflict, "deleted");
  if (reaction.isRemoved) return m_room.reactions.remove(line.id, user, reaction.emoji);
  return m_room.reactions.put(line.id, user, reaction.emoji);
}

}  // namespace gx::vault
