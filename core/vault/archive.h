// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/model/contact.h"
#include "core/model/conversation.h"
#include "core/model/message.h"
#include "core/vault/message_ref.h"

namespace gx::vault {

class VaultThread;

struct ParticipantFacts {
  UserId user;
  QString account;
  QString role;  // as the relay names it
};

// What the relay says about a conversation; the own account may be among the participants.
struct ConversationFacts {
  ConversationId id;
  model::ConversationKind kind = model::ConversationKind::Direct;
  WallTime createdAt{};
  std::vector<ParticipantFacts> participants;
};

// The place of a line in its conversation: relay order, corrected so that one sender's messages never go backwards.
struct MessageKey {
  qint64 sortTime = 0;
  DeviceId device;
  quint64 chainSequence = 0;
  ClientMessageId id;

  auto operator<=>(const MessageKey &) const = default;
};

struct ArchivedMessage {
  model::Message message;
  MessageKey key;

  [[nodiscard]] MessageRef ref() const { return {message.sender.user, message.id}; }
};

struct ConversationRow {
  model::Conversation conversation;
  std::vector<model::Contact> others;        // participants without ourselves
  std::optional<ArchivedMessage> preview{};  // newest line
};

// At most one of both bounds; without them the newest lines.
struct PageRequest {
  std::optional<MessageKey> before{};
  std::optional<MessageKey> after{};
  int limit = 50;
};

struct MessagePage {
  std::vector<ArchivedMessage> messages;  // oldest first
  bool hasMore = false;                   // in the direction asked for
};

struct DeviceReceipt {
  model::DeviceAddress device;
  std::optional<WallTime> deliveredAt{};  // when its receipt came in, our clock
  std::optional<WallTime> readAt{};
};

struct MessageDetails {
  ArchivedMessage line;
  std::vector<DeviceReceipt> receipts;
};

struct ReadOutcome {
  std::vector<MessageRef> changed;
  int unread = 0;
  bool queuedWork = false;  // receipts were queued
};

// Read side: conversations, people, pages of history. Main thread.
class Archive final {
 public:
  explicit Archive(VaultThread &thread) : m_thread(thread) {}

  [[nodiscard]] Async<> upsert(ConversationFacts facts);
  // Newest activity first, pinned before.
  [[nodiscard]] Async<std::vector<ConversationRow>> conversations();
  [[nodiscard]] Async<std::optional<ConversationRow>> conversation(ConversationId id);
  [[nodiscard]] Async<std::optional<ConversationId>> directWith(QString account);
  [[nodiscard]] Async<std::optional<model::Contact>> contact(UserId user);

  [[nodiscard]] Async<MessagePage> page(ConversationId conversation, PageRequest request);
  [[nodiscard]] Async<std::optional<MessageDetails>> message(MessageRef message);
  // By the id alone, as a person types it: Conflict if two authors used the same.
  [[nodiscard]] Async<std::optional<MessageDetails>> find(ConversationId conversation, ClientMessageId id);

  // Everything received up to `upTo` is read. `tellOthers`: queue read receipts (the person's setting).
  [[nodiscard]] Async<ReadOutcome> markRead(ConversationId conversation, MessageKey upTo, bool tellOthers);
  // Only on this device: the line and all that belongs to it.
  [[nodiscard]] Async<> removeLocally(MessageRef message);

 private:
  VaultThread &m_thread;
};

}  // namespace gx::vault
