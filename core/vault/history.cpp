// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/history.h"

#include <algorithm>
#include <limits>
#include <set>

namespace gx::vault {

namespace {

constexpr int kMaxPage = 500;

store::MessagePlace toPlace(const MessageKey &key) {
  return {key.sortTime, key.device, key.chainSequence, key.id};
}

MessageKey toKey(const store::MessagePlace &place) {
  return {place.sortTime, place.device, place.chainSequence, place.id};
}

}  // namespace

// Conversations are of two, ourselves and one other, and who takes part never changes: a relay that puts somebody in is
// not believed, or everything written there would be sealed for that one too.
Result<> History::checkDirect(const ConversationFacts &facts) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  std::set<UserId> now;
  for (const auto &participant : facts.participants) now.insert(participant.user);
  if (facts.kind != model::ConversationKind::Direct || now.size() != 2 || !now.contains(self->user))
    return fail(ErrorKind::Untrusted, "not a conversation of ourselves and one other");
  const auto hasFacts = m_room.conversations.hasFacts(facts.id);
  if (!hasFacts) return fail(hasFacts.error());
  if (!*hasFacts) return {};
  const auto participants = m_room.conversations.participants(facts.id);
  if (!participants) return fail(participants.error());
  std::set<UserId> before;
  for (const auto &participant : *participants) before.insert(participant.user);
  if (before != now) return fail(ErrorKind::Untrusted, "the participants of a direct conversation changed");
  return {};
}

Result<> History::upsert(const ConversationFacts &facts) {
  if (const auto fits = checkDirect(facts); !fits) return fits;
  std::vector<store::ParticipantRow> rows;
  for (const auto &participant : facts.participants) {
    if (const auto known = m_room.contacts.ensure(participant.user, participant.account); !known) return known;
    rows.push_back({participant.user, participant.role});
  }
  model::Conversation conversation;
  conversation.id = facts.id;
  conversation.kind = facts.kind;
  return m_room.conversations.setFacts(conversation, facts.createdAt, rows);
}

Result<ConversationRow> History::rowOf(model::Conversation conversation) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto participants = m_room.conversations.participants(conversation.id);
  if (!participants) return fail(participants.error());
  ConversationRow row;
  for (const auto &participant : *participants) {
    if (participant.user == self->user) continue;
    conversation.participants.push_back(participant.user);
    const auto contact = m_room.contacts.contact(participant.user);
    if (!contact) return fail(contact.error());
    if (*contact) row.others.push_back(**contact);
  }
  const auto newest = m_room.messages.newest(conversation.id);
  if (!newest) return fail(newest.error());
  if (*newest) {
    auto preview = shown(**newest);
    if (!preview) return fail(preview.error());
    row.preview = std::move(*preview);
  }
  row.conversation = std::move(conversation);
  return row;
}

Result<std::vector<ConversationRow>> History::conversations() {
  const auto all = m_room.conversations.all();
  if (!all) return fail(all.error());
  std::vector<ConversationRow> rows;
  for (const auto &conversation : *all) {
    auto row = rowOf(conversation);
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

Result<std::optional<ConversationRow>> History::conversation(ConversationId id) {
  const auto found = m_room.conversations.conversation(id);
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  auto row = rowOf(**found);
  if (!row) return fail(row.error());
  return std::move(*row);
}

Result<std::optional<ConversationId>> History::directWith(const QString &account) {
  const auto user = m_room.contacts.userOf(account);
  if (!user) return fail(user.error());
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  if (!*user || **user == self->user) return std::nullopt;  // we take part in all of them
  return m_room.conversations.directWith(**user);
}

Result<ArchivedMessage> History::shown(const store::MessageRow &row) {
  ArchivedMessage line{row.message, toKey(row.place())};
  auto reactions = m_room.reactions.of(row.id);
  if (!reactions) return fail(reactions.error());
  line.message.reactions = std::move(*reactions);
  return line;
}

Result<MessagePage> History::page(ConversationId conversation, const PageRequest &request) {
  const int limit = std::clamp(request.limit, 1, kMaxPage);
  const store::MessagePlace end{std::numeric_limits<qint64>::max(), {}, 0, {}};
  auto rows = request.after
                  ? m_room.messages.after(conversation, toPlace(*request.after), limit + 1)
                  : m_room.messages.before(conversation, request.before ? toPlace(*request.before) : end, limit + 1);
  if (!rows) return fail(rows.error());
  MessagePage page;
  page.hasMore = static_cast<int>(rows->size()) > limit;
  if (page.hasMore && request.after) rows->pop_back();
  if (page.hasMore && !request.after) rows->erase(rows->begin());
  for (const auto &row : *rows) {
    auto line = shown(row);
    if (!line) return fail(line.error());
    page.messages.push_back(std::move(*line));
  }
  return page;
}

Result<MessageDetails> History::details(const store::MessageRow &row) {
  auto line = shown(row);
  if (!line) return fail(line.error());
  const auto receipts = m_room.deviceReceipts.of(row.id);
  if (!receipts) return fail(receipts.error());
  MessageDetails result{std::move(*line), {}};
  for (const auto &receipt : *receipts)
    result.receipts.push_back({receipt.device, receipt.deliveredAt, receipt.readAt});
  return result;
}

Result<std::optional<MessageDetails>> History::message(const MessageRef &message) {
  const auto row = m_room.messages.message(message.author, message.id);
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  auto found = details(**row);
  if (!found) return fail(found.error());
  return std::move(*found);
}

Result<std::optional<MessageDetails>> History::find(ConversationId conversation, ClientMessageId id) {
  const auto rows = m_room.messages.byClientId(conversation, id);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return std::nullopt;
  if (rows->size() > 1) return fail(ErrorKind::Conflict, "two people used the same message id");
  auto found = details(rows->front());
  if (!found) return fail(found.error());
  return std::move(*found);
}

Result<int> History::recount(ConversationId conversation) {
  const auto unread = m_room.messages.countUnread(conversation);
  if (!unread) return fail(unread.error());
  if (const auto set = m_room.conversations.setUnread(conversation, *unread); !set) return fail(set.error());
  return *unread;
}

Result<ReadOutcome> History::markRead(ConversationId conversation, const MessageKey &upTo, bool tellOthers) {
  auto rows = m_room.messages.unread(conversation, toPlace(upTo));
  if (!rows) return fail(rows.error());
  ReadOutcome outcome;
  for (auto &row : *rows) {
    row.isUnread = false;
    row.message.state = model::MessageState::Read;
    if (const auto updated = m_room.messages.update(row); !updated) return fail(updated.error());
    const UserId author = row.message.sender.user;
    outcome.changed.push_back({author, row.message.id});
    if (!tellOthers) continue;
    const auto put = m_room.receiptQueue.put(conversation, {author, row.message.id, true, m_room.now()});
    if (!put) return fail(put.error());
    outcome.queuedWork = true;
  }
  const auto unread = recount(conversation);
  if (!unread) return fail(unread.error());
  outcome.unread = *unread;
  return outcome;
}

Result<> History::removeLocally(const MessageRef &message) {
  const auto row = m_room.messages.message(message.author, message.id);
  if (!row) return fail(row.error());
  if (!*row) return {};
  const auto item = m_room.outbox.item(message.id);
  if (!item) return fail(item.error());
  if (*item && (*item)->state == store::OutboxState::Failed)
    if (const auto gone = m_room.outbox.remove((*item)->position); !gone) return gone;
  if (const auto removed = m_room.messages.remove((*row)->id); !removed) return removed;
  const auto unread = recount((*row)->message.conversation);
  if (!unread) return fail(unread.error());
  return {};
}

}  // namespace gx::vault
