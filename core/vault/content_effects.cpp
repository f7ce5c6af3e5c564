// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/content_effects.h"

#include <algorithm>

#include "core/base/logging.h"
#include "core/model/content_codec.h"
#include "core/vault/message_edits.h"
#include "core/vault/outbox_entries.h"
#include "core/vault/receipt_marks.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

constexpr int kMaxAnswers = 5;

bool isLine(const model::Content &content) {
  return std::holds_alternative<model::Text>(content) || std::holds_alternative<model::Reply>(content) ||
         std::holds_alternative<model::Unsupported>(content);
}

// The line an edit, deletion, reaction or single receipt is about.
MessageRef targetOf(const model::DeviceAddress &sender, const model::Content &content, UserId self) {
  if (const auto *edit = std::get_if<model::Edit>(&content)) return {sender.user, edit->target};
  if (const auto *deletion = std::get_if<model::Deletion>(&content)) return {sender.user, deletion->target};
  if (const auto *reaction = std::get_if<model::Reaction>(&content)) return {reaction->targetUser, reaction->target};
  return {self, std::get<model::Receipt>(content).messages.front()};
}

}  // namespace

Result<> ContentEffects::apply(const model::Plaintext &plaintext, const std::optional<store::QuarantineRow> &replaced) {
  if (isLine(plaintext.content)) return addLine(plaintext, replaced);
  if (replaced)
    if (const auto dropped = dropPlaceholder(*replaced); !dropped) return dropped;
  if (const auto *receipt = std::get_if<model::Receipt>(&plaintext.content))
    return applyReceipt(*receipt, plaintext.header.sentAt);
  if (const auto *retry = std::get_if<model::RetryRequest>(&plaintext.content)) return answerRetry(*retry);
  if (std::holds_alternative<model::SessionReset>(plaintext.content)) return {};
  return applyMark(m_letter.sender, plaintext.content, plaintext.header.sentAt);
}

Result<store::MessageRow> ContentEffects::lineOf(const model::Plaintext &plaintext,
                                                 const std::optional<store::QuarantineRow> &replaced) {
  const model::ContentHeader &header = plaintext.header;
  // A repetition stands where the first try stood.
  const WallTime serverTime = replaced ? replaced->serverTime : m_letter.serverTime;
  store::MessageRow line;
  line.message.id = header.id;
  line.message.serverId = m_letter.messageId;
  line.message.conversation = header.conversation;
  line.message.sender = header.sender;
  line.message.state = m_opening.isFromOwnDevice ? model::MessageState::Sent : model::MessageState::Delivered;
  line.message.sentAt = std::clamp(header.sentAt, serverTime - 24h, serverTime + 24h);
  line.message.serverTime = serverTime;
  line.isUnread = !m_opening.isFromOwnDevice;
  line.chainSequence = header.chainSequence;
  MessageEdits::fill(line, plaintext.content);
  const auto time = m_room.messages.placeInChain(header.conversation, header.sender.device, header.chainSequence,
                                                 toMillis(serverTime));
  if (!time) return fail(time.error());
  line.sortTime = *time;
  return line;
}

Result<> ContentEffects::dropPlaceholder(const store::QuarantineRow &replaced) {
  const auto line = m_room.messages.message(replaced.sender.user, ClientMessageId{replaced.letter.bytes});
  if (!line) return fail(line.error());
  if (!*line) return {};
  m_opening.changed.push_back({replaced.sender.user, (*line)->message.id});
  return m_room.messages.remove((*line)->id);
}

Result<> ContentEffects::addLine(const model::Plaintext &plaintext,
                                 const std::optional<store::QuarantineRow> &replaced) {
  const auto taken = m_room.messages.message(plaintext.header.sender.user, plaintext.header.id);
  if (!taken) return fail(taken.error());
  if (*taken) {  // another device of that person used the same id: a fault or a trick, the first one stays
    qCWarning(lcVault) << "a message id came twice:" << shortId(plaintext.header.sender.user);
    return {};
  }
  m_opening.changed.push_back({plaintext.header.sender.user, plaintext.header.id});
  m_opening.isNewMessage = true;
  if (replaced)
    if (const auto dropped = dropPlaceholder(*replaced); !dropped) return dropped;
  auto line = lineOf(plaintext, replaced);
  if (!line) return fail(line.error());
  const auto id = m_room.messages.insert(*line);
  if (!id) return fail(id.error());
  line->id = *id;
  const auto touched = m_room.conversations.touch(m_letter.conversation, *line->message.serverTime);
  if (!touched) return touched;
  if (const auto applied = applyDeferred(*line); !applied) return applied;
  return recountUnread();
}

Result<> ContentEffects::applyDeferred(const store::MessageRow &line) {
  const auto effects = m_room.deferredEffects.take(line.message.sender.user, line.message.id);
  if (!effects) return fail(effects.error());
  for (const auto &effect : *effects) {
    if (effect.conversation != line.message.conversation) continue;
    const auto content = model::decodeContent(effect.payload);
    if (!content) continue;
    if (const auto applied = applyMark(effect.sender, *content, effect.sentAt); !applied) return applied;
  }
  return {};
}

Result<> ContentEffects::applyMark(const model::DeviceAddress &sender, const model::Content &content, WallTime sentAt) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const MessageRef target = targetOf(sender, content, self->user);
  auto found = m_room.messages.message(target.author, target.id);
  if (!found) return fail(found.error());
  if (!*found) return defer(sender, content, sentAt);
  store::MessageRow &line = **found;
  if (line.message.conversation != m_letter.conversation) return {};
  Result<> done;
  if (const auto *edit = std::get_if<model::Edit>(&content))
    done = MessageEdits(m_room).edit(line, edit->text, sentAt);
  else if (std::holds_alternative<model::Deletion>(content))
    done = MessageEdits(m_room).erase(line);
  else if (const auto *reaction = std::get_if<model::Reaction>(&content))
    done = MessageEdits(m_room).react(line, sender.user, *reaction);
  else
    done = ReceiptMarks(m_room).mark(line, sender, std::get<model::Receipt>(content).state);
  if (!done && done.error().kind == ErrorKind::Conflict && done.error().code.isEmpty()) {
    qCInfo(lcVault) << "an effect is not allowed:" << done.error().detail;
    return {};
  }
  if (!done) return done;
  m_opening.changed.push_back(target);
  return recountUnread();
}

Result<> ContentEffects::defer(const model::DeviceAddress &sender, const model::Content &content, WallTime sentAt) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const MessageRef target = targetOf(sender, content, self->user);
  const auto payload = model::encodeContent(content);
  if (!payload) return fail(payload.error());
  return m_room.deferredEffects.put(
      {0, m_letter.conversation, target.author, target.id, sender, *payload, sentAt, m_room.now()});
}

Result<> ContentEffects::applyReceipt(const model::Receipt &receipt, WallTime sentAt) {
  ReceiptMarks marks(m_room);
  for (const ClientMessageId &id : receipt.messages) {
    if (m_opening.isFromOwnDevice) {
      const auto read = marks.readElsewhere(m_letter.conversation, id, receipt.state);
      if (!read) return fail(read.error());
      if (*read) m_opening.changed.push_back(**read);
      continue;
    }
    const auto isLogged = marks.noteDelivered(m_letter.conversation, id, m_letter.sender);
    if (!isLogged) return fail(isLogged.error());
    const auto self = m_room.account.self();
    if (!self) return fail(self.error());
    const auto line = m_room.messages.message(self->user, id);
    if (!line) return fail(line.error());
    if (!*line && *isLogged) continue;  // of an edit, deletion or reaction: no line of its own
    if (const auto done = applyMark(m_letter.sender, model::Receipt{receipt.state, {id}}, sentAt); !done) return done;
  }
  return m_opening.isFromOwnDevice ? recountUnread() : Result<>();
}

// Only to a device that was sent it and is still trusted; with the first header, so that others who have it see a
// repetition.
Result<> ContentEffects::answerRetry(const model::RetryRequest &request) {
  const auto id = m_room.resends.carriedBy(request.envelope);
  if (!id) return fail(id.error());
  if (!*id) return {};
  const auto logged = m_room.resends.row(**id);
  if (!logged) return fail(logged.error());
  if (!*logged || (*logged)->conversation != m_letter.conversation || (*logged)->chainSequence == 0) return {};
  const auto answers = m_room.resends.answers(**id, m_letter.sender);
  if (!answers) return fail(answers.error());
  if (!*answers || **answers >= kMaxAnswers) return {};
  const auto isQueued = m_room.outbox.hasQueued(**id);
  if (!isQueued) return fail(isQueued.error());
  if (*isQueued) return {};
  if (const auto counted = m_room.resends.countAnswer(**id, m_letter.sender); !counted) return counted;
  m_opening.queuedWork = true;
  return OutboxEntries(m_room).appendAgain(**logged);
}

Result<> ContentEffects::recountUnread() {
  const auto unread = m_room.messages.countUnread(m_letter.conversation);
  if (!unread) return fail(unread.error());
  return m_room.conversations.setUnread(m_letter.conversation, *unread);
}

}  // namespace gx::vault
