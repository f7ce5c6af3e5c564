// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/receipt_marks.h"

#include <algorithm>
#include <map>

namespace gx::vault {

namespace {

int rank(model::MessageState state) {
  return state == model::MessageState::Failed ? -1 : static_cast<int>(state);
}

}  // namespace

// As far as the one who is least far.
Result<model::MessageState> ReceiptMarks::stateOf(const store::MessageRow &line) {
  const auto receipts = m_room.deviceReceipts.of(line.id);
  if (!receipts) return fail(receipts.error());
  const auto participants = m_room.conversations.participants(line.message.conversation);
  if (!participants) return fail(participants.error());
  std::map<UserId, model::MessageState> reached;
  for (const auto &participant : *participants)
    if (participant.user != line.message.sender.user) reached[participant.user] = model::MessageState::Sent;
  for (const auto &receipt : *receipts) {
    model::MessageState &state = reached[receipt.device.user];
    const auto said = receipt.readAt ? model::MessageState::Read : model::MessageState::Delivered;
    if (rank(said) > rank(state)) state = said;
  }
  model::MessageState least = model::MessageState::Read;
  for (const auto &[user, state] : reached)
    if (rank(state) < rank(least)) least = state;
  return least;
}

Result<> ReceiptMarks::mark(store::MessageRow &line, const model::DeviceAddress &device, model::ReceiptState state) {
  if (line.message.sender.user == device.user) return {};
  const bool isRead = state == model::ReceiptState::Read;
  if (const auto marked = m_room.deviceReceipts.mark(line.id, device, isRead, m_room.now()); !marked) return marked;
  const auto reached = stateOf(line);
  if (!reached) return fail(reached.error());
  if (rank(*reached) <= rank(line.message.state)) return {};
  line.message.state = *reached;
  return m_room.messages.update(line);
}

Result<bool> ReceiptMarks::noteDelivered(ConversationId conversation, ClientMessageId id,
                                         const model::DeviceAddress &device) {
  const auto logged = m_room.resends.row(id);
  if (!logged) return fail(logged.error());
  if (!*logged || (*logged)->conversation != conversation) return false;
  if (const auto marked = m_room.resends.markDelivered(id, device); !marked) return fail(marked.error());
  const auto isDelivered = m_room.resends.isDeliveredToAll(id);
  if (!isDelivered) return fail(isDelivered.error());
  const auto isQueued = m_room.outbox.hasQueued(id);  // the relay's answer is still to come, S3 clears up
  if (!isQueued) return fail(isQueued.error());
  if (*isDelivered && !*isQueued)
    if (const auto removed = m_room.resends.remove(id); !removed) return fail(removed.error());
  return true;
}

Result<std::optional<MessageRef>> ReceiptMarks::readElsewhere(ConversationId conversation, ClientMessageId id,
                                                              model::ReceiptState state) {
  if (state != model::ReceiptState::Read) return std::nullopt;
  auto lines = m_room.messages.byClientId(conversation, id);
  if (!lines) return fail(lines.error());
  for (auto &line : *lines) {
    if (!line.isUnread) continue;
    line.isUnread = false;
    line.message.state = model::MessageState::Read;
    if (const auto updated = m_room.messages.update(line); !updated) return fail(updated.error());
    return MessageRef{line.message.sender.user, id};
  }
  return std::nullopt;
}

}  // namespace gx::vault
