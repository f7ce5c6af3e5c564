// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/outbox_entries.h"

#include "core/model/content_codec.h"
#include "core/vault/message_edits.h"

namespace gx::vault {

namespace {

// So that padding, the header and the ratchet's own fields stay below the 96 KiB of one envelope.
constexpr qsizetype kMaxContentBytes = 88 * 1024;

bool isDue(const std::vector<store::PendingReceipt> &receipts, int waiting, WallTime now) {
  if (receipts.empty()) return false;
  return waiting >= static_cast<int>(model::kMaxReceiptMessages) ||
         now - receipts.front().queuedAt >= OutboxEntries::kReceiptPause ||
         receipts.front().queuedAt > now;  // the clock was set back
}

}  // namespace

Result<store::OutboxRow> OutboxEntries::put(ConversationId conversation, OutboxClass outboxClass,
                                            const model::Content &content) {
  const auto payload = model::encodeContent(content);
  if (!payload) return fail(payload.error());
  if (payload->size() > kMaxContentBytes) return fail(ErrorKind::TooLarge, "content over its limit");
  store::OutboxRow row;
  row.id = newId<ClientMessageId>(m_room.clock, m_room.random);
  row.innerId = row.id;
  row.conversation = conversation;
  row.outboxClass = static_cast<int>(outboxClass);
  row.payload = *payload;
  row.sentAt = m_room.now();
  const auto position = m_room.outbox.insert(row);
  if (!position) return fail(position.error());
  row.position = *position;
  const auto logged = m_room.resends.insert({row.id, conversation, row.payload, row.sentAt, 0, {}, m_room.now()});
  if (!logged) return fail(logged.error());
  return row;
}

Result<OutboxChange> OutboxEntries::append(ConversationId conversation, const model::Content &content) {
  const auto known = m_room.conversations.conversation(conversation);
  if (!known) return fail(known.error());
  if (!*known) return fail(ErrorKind::NotFound, "unknown conversation");
  if (std::holds_alternative<model::Text>(content) || std::holds_alternative<model::Reply>(content))
    return appendLine(conversation, content);
  const auto shown = applyOwn(conversation, content);
  if (!shown) return fail(shown.error());
  const auto row = put(conversation, OutboxClass::Message, content);
  if (!row) return fail(row.error());
  return OutboxChange{row->id, conversation, *shown};
}

Result<OutboxChange> OutboxEntries::appendLine(ConversationId conversation, const model::Content &content) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto row = put(conversation, OutboxClass::Message, content);
  if (!row) return fail(row.error());
  store::MessageRow line;
  line.message.id = row->id;
  line.message.conversation = conversation;
  line.message.sender = *self;
  line.message.sentAt = row->sentAt;
  line.sortTime = store::kUnplaced + row->position;
  MessageEdits::fill(line, content);
  if (const auto inserted = m_room.messages.insert(line); !inserted) return fail(inserted.error());
  if (const auto touched = m_room.conversations.touch(conversation, row->sentAt); !touched)
    return fail(touched.error());
  return OutboxChange{row->id, conversation, MessageRef{self->user, row->id}};
}

Result<store::MessageRow> OutboxEntries::ownTarget(ConversationId conversation, ClientMessageId target) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto lines = m_room.messages.byClientId(conversation, target);
  if (!lines) return fail(lines.error());
  if (lines->empty()) return fail(ErrorKind::NotFound, "no such message");
  for (const auto &line : *lines)
    if (line.message.sender.user == self->user) return line;
  return fail(ErrorKind::Forbidden, "somebody else's message");
}

Result<MessageRef> OutboxEntries::applyOwn(ConversationId conversation, const model::Content &content) {
  MessageEdits edits(m_room);
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  if (const auto *edit = std::get_if<model::Edit>(&content)) {
    auto line = ownTarget(conversation, edit->target);
    if (!line) return fail(line.error());
    if (const auto done = edits.edit(*line, edit->text, m_room.now()); !done) return fail(done.error());
    return MessageRef{self->user, edit->target};
  }
  if (const auto *deletion = std::get_if<model::Deletion>(&content)) {
    auto line = ownTarget(conversation, deletion->target);
    if (!line) return fail(line.error());
    if (const auto done = edits.erase(*line); !done) return fail(done.error());
    return MessageRef{self->user, deletion->target};
  }
  if (const auto *reaction = std::get_if<model::Reaction>(&content)) {
    const auto line = m_room.messages.message(reaction->targetUser, reaction->target);
    if (!line) return fail(line.error());
    if (!*line || (*line)->message.conversation != conversation) return fail(ErrorKind::NotFound, "no such message");
    if (const auto done = edits.react(**line, self->user, *reaction); !done) return fail(done.error());
    return MessageRef{reaction->targetUser, reaction->target};
  }
  return fail(ErrorKind::Invalid, "a content that people do not send");
}

Result<> OutboxEntries::appendControl(ConversationId conversation, const model::Content &content) {
  const auto row = put(conversation, OutboxClass::Control, content);
  if (!row) return fail(row.error());
  return {};
}

Result<> OutboxEntries::appendAgain(const store::ResendRow &logged) {
  store::OutboxRow row;
  row.id = newId<ClientMessageId>(m_room.clock, m_room.random);
  row.innerId = logged.id;
  row.conversation = logged.conversation;
  row.outboxClass = static_cast<int>(OutboxClass::Control);
  row.payload = logged.payload;
  row.sentAt = logged.sentAt;
  row.chainSequence = logged.chainSequence;
  row.previousHash = logged.previousHash;
  const auto position = m_room.outbox.insert(row);
  if (!position) return fail(position.error());
  return {};
}

Result<std::optional<store::OutboxRow>> OutboxEntries::gatherReceipts(ConversationId conversation) {
  const auto waiting = m_room.receiptQueue.count(conversation);
  if (!waiting) return fail(waiting.error());
  for (const bool isRead : {true, false}) {
    const int limit = static_cast<int>(model::kMaxReceiptMessages);
    const auto receipts = m_room.receiptQueue.oldest(conversation, isRead, limit);
    if (!receipts) return fail(receipts.error());
    if (!isDue(*receipts, *waiting, m_room.now())) continue;
    model::Receipt content{isRead ? model::ReceiptState::Read : model::ReceiptState::Delivered, {}};
    for (const auto &receipt : *receipts) {
      content.messages.push_back(receipt.message);
      if (const auto gone = m_room.receiptQueue.remove(conversation, receipt); !gone) return fail(gone.error());
    }
    const auto row = put(conversation, OutboxClass::Receipt, content);
    if (!row) return fail(row.error());
    return *row;
  }
  return std::nullopt;
}

}  // namespace gx::vault
