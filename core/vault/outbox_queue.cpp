// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/outbox_queue.h"

#include <algorithm>

#include "core/base/crash_point.h"
#include "core/model/content_codec.h"
#include "core/vault/outbox_entries.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

OutboxItem toItem(const store::OutboxRow &row) {
  return {row.id, row.conversation, static_cast<OutboxClass>(row.outboxClass), row.state == store::OutboxState::Sealed};
}

std::optional<OutboxItem> toItem(const std::optional<store::OutboxRow> &row) {
  return row ? std::optional(toItem(*row)) : std::nullopt;
}

}  // namespace

Result<OutboxWork> OutboxQueue::work() {
  const auto busy = m_room.outbox.busyConversations();
  if (!busy) return fail(busy.error());
  const auto waiting = m_room.receiptQueue.waiting();
  if (!waiting) return fail(waiting.error());
  OutboxWork work{*busy};
  const WallTime now = m_room.now();
  for (const auto &receipts : *waiting) {
    const auto age = now - receipts.oldest;
    if (age < 0s || age >= OutboxEntries::kReceiptPause ||
        receipts.count >= static_cast<int>(model::kMaxReceiptMessages)) {
      if (std::find(work.ready.begin(), work.ready.end(), receipts.conversation) == work.ready.end())
        work.ready.push_back(receipts.conversation);
      continue;
    }
    const std::chrono::milliseconds left = OutboxEntries::kReceiptPause - age;
    work.nextReceiptIn = std::min(work.nextReceiptIn.value_or(left), left);
  }
  return work;
}

Result<std::optional<OutboxItem>> OutboxQueue::next(ConversationId conversation) {
  const auto sealed = m_room.outbox.firstSealed(conversation);
  if (!sealed || *sealed) return sealed.map([](const auto &row) { return toItem(row); });
  const auto control = m_room.outbox.firstQueued(conversation, static_cast<int>(OutboxClass::Control));
  if (!control || *control) return control.map([](const auto &row) { return toItem(row); });
  const auto receipt = m_room.outbox.firstQueued(conversation, static_cast<int>(OutboxClass::Receipt));
  if (!receipt || *receipt) return receipt.map([](const auto &row) { return toItem(row); });
  const auto gathered = OutboxEntries(m_room).gatherReceipts(conversation);
  if (!gathered || *gathered) return gathered.map([](const auto &row) { return toItem(row); });
  const auto message = m_room.outbox.firstQueued(conversation, static_cast<int>(OutboxClass::Message));
  return message.map([](const auto &row) { return toItem(row); });
}

Result<std::optional<MessageRef>> OutboxQueue::shownBy(const store::OutboxRow &item) {
  if (item.outboxClass != static_cast<int>(OutboxClass::Message)) return std::nullopt;
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto content = model::decodeContent(item.payload);
  if (!content) return fail(content.error());
  if (const auto *edit = std::get_if<model::Edit>(&*content)) return MessageRef{self->user, edit->target};
  if (const auto *deletion = std::get_if<model::Deletion>(&*content)) return MessageRef{self->user, deletion->target};
  if (const auto *reaction = std::get_if<model::Reaction>(&*content))
    return MessageRef{reaction->targetUser, reaction->target};
  return MessageRef{self->user, item.innerId};
}

// A receipt may have come before the relay's answer: then the line is further already.
Result<> OutboxQueue::placeSent(const store::OutboxRow &item, MessageId serverId, WallTime serverTime) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  auto line = m_room.messages.message(self->user, item.innerId);
  if (!line) return fail(line.error());
  if (!*line || (*line)->message.serverId) return {};
  store::MessageRow &row = **line;
  const auto time =
      m_room.messages.placeInChain(item.conversation, self->device, item.chainSequence, toMillis(serverTime));
  if (!time) return fail(time.error());
  const model::MessageState state = row.message.state;
  if (state != model::MessageState::Delivered && state != model::MessageState::Read)
    row.message.state = model::MessageState::Sent;
  row.message.serverId = serverId;
  row.message.serverTime = serverTime;
  row.chainSequence = item.chainSequence;
  row.sortTime = *time;
  if (const auto updated = m_room.messages.update(row); !updated) return updated;
  return m_room.conversations.touch(item.conversation, serverTime);
}

Result<> OutboxQueue::logSent(const store::OutboxRow &item, MessageId serverId) {
  const auto logged = m_room.resends.row(item.innerId);
  if (!logged) return fail(logged.error());
  if (!*logged) return {};
  const auto isDelivered = m_room.resends.isDeliveredToAll(item.innerId);
  if (!isDelivered) return fail(isDelivered.error());
  if (*isDelivered) return m_room.resends.remove(item.innerId);
  return m_room.resends.addLetter(item.innerId, serverId);
}

Result<OutboxChange> OutboxQueue::markSent(ClientMessageId id, MessageId serverId, WallTime serverTime) {
  crashPoint("C7");
  const auto item = m_room.outbox.item(id);
  if (!item) return fail(item.error());
  if (!*item) return OutboxChange{id, {}};
  const store::OutboxRow &row = **item;
  const auto shown = shownBy(row);
  if (!shown) return fail(shown.error());
  if (row.outboxClass == static_cast<int>(OutboxClass::Message))
    if (const auto placed = placeSent(row, serverId, serverTime); !placed) return fail(placed.error());
  if (const auto logged = logSent(row, serverId); !logged) return fail(logged.error());
  if (const auto counted = m_room.account.countSend(); !counted) return fail(counted.error());
  if (const auto removed = m_room.outbox.remove(row.position); !removed) return fail(removed.error());
  return OutboxChange{id, row.conversation, *shown};
}

// The relay stored nothing, and nothing was sealed after it: the next message takes its place in the chain, so that
// nobody waits for one that never comes.
Result<> OutboxQueue::giveChainBack(const store::OutboxRow &item) {
  if (item.state != store::OutboxState::Sealed || item.innerId != item.id) return {};
  const auto chain = m_room.chains.own(item.conversation);
  if (!chain) return fail(chain.error());
  if (chain->lastSequence != item.chainSequence) return {};
  return m_room.chains.setOwn(item.conversation, {item.chainSequence - 1, item.previousHash});
}

Result<> OutboxQueue::placeFailed(const store::OutboxRow &item) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  auto line = m_room.messages.message(self->user, item.innerId);
  if (!line) return fail(line.error());
  if (!*line) return {};
  const auto last = m_room.messages.lastPlaced(item.conversation);
  if (!last) return fail(last.error());
  (*line)->message.state = model::MessageState::Failed;
  (*line)->sortTime = std::max(*last + 1, toMillis(m_room.now()));
  return m_room.messages.update(**line);
}

Result<OutboxChange> OutboxQueue::markFailed(ClientMessageId id, const QByteArray &reason) {
  const auto item = m_room.outbox.item(id);
  if (!item) return fail(item.error());
  if (!*item) return OutboxChange{id, {}};
  const store::OutboxRow &row = **item;
  const auto shown = shownBy(row);
  if (!shown) return fail(shown.error());
  if (const auto back = giveChainBack(row); !back) return fail(back.error());
  if (row.outboxClass != static_cast<int>(OutboxClass::Message)) {
    if (const auto removed = m_room.outbox.remove(row.position); !removed) return fail(removed.error());
    return OutboxChange{id, row.conversation};
  }
  if (const auto gone = m_room.sealedEnvelopes.removeAll(row.position); !gone) return fail(gone.error());
  if (const auto reset = m_room.resends.setChain(row.innerId, 0, {}); !reset) return fail(reset.error());
  if (const auto failed = m_room.outbox.setFailed(row.position, reason); !failed) return fail(failed.error());
  if (const auto placed = placeFailed(row); !placed) return fail(placed.error());
  return OutboxChange{id, row.conversation, *shown};
}

Result<OutboxChange> OutboxQueue::retry(ClientMessageId id) {
  auto item = m_room.outbox.item(id);
  if (!item) return fail(item.error());
  if (!*item || (*item)->state != store::OutboxState::Failed)
    return fail(ErrorKind::NotFound, "no such failed message");
  store::OutboxRow &row = **item;
  const auto shown = shownBy(row);
  if (!shown) return fail(shown.error());
  if (const auto removed = m_room.outbox.remove(row.position); !removed) return fail(removed.error());
  row.state = store::OutboxState::Queued;
  const auto position = m_room.outbox.insert(row);
  if (!position) return fail(position.error());
  if (*shown) {
    auto line = m_room.messages.message((*shown)->author, row.innerId);
    if (!line) return fail(line.error());
    if (*line) {
      (*line)->message.state = model::MessageState::Queued;
      (*line)->sortTime = store::kUnplaced + *position;
      if (const auto updated = m_room.messages.update(**line); !updated) return fail(updated.error());
    }
  }
  return OutboxChange{id, row.conversation, *shown};
}

Result<OutboxCounts> OutboxQueue::counts() {
  OutboxCounts counts;
  const auto count = [&](store::OutboxState state, bool messages, int &into) -> Result<> {
    const auto found = m_room.outbox.count(state, messages);
    if (!found) return fail(found.error());
    into += *found;
    return {};
  };
  return count(store::OutboxState::Queued, true, counts.queued)
      .and_then([&] { return count(store::OutboxState::Sealed, true, counts.queued); })
      .and_then([&] { return count(store::OutboxState::Failed, true, counts.failed); })
      .and_then([&] { return count(store::OutboxState::Queued, false, counts.others); })
      .and_then([&] { return count(store::OutboxState::Sealed, false, counts.others); })
      .map([&] { return counts; });
}

}  // namespace gx::vault
