// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <chrono>
#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/model/content.h"
#include "core/vault/message_ref.h"

namespace gx::vault {

class VaultThread;

// What leaves first of one conversation: a sealed item, then control, then receipts that are due, then messages.
enum class OutboxClass : quint8 {
  Message = 0,  // text, reply, edit, deletion, reaction
  Control = 1,  // retry request, session reset, something sent again
  Receipt = 2,
};

// One thing to seal and post. `id` is the idempotency key of the request.
struct OutboxItem {
  ClientMessageId id;
  ConversationId conversation;
  OutboxClass outboxClass = OutboxClass::Message;
  bool isSealed = false;  // seal() returns the very bytes made before

  bool operator==(const OutboxItem &) const = default;
};

struct OutboxWork {
  std::vector<ConversationId> ready;                         // have something to send now
  std::optional<std::chrono::milliseconds> nextReceiptIn{};  // when the next coalesced receipts are due
};

struct OutboxCounts {
  int queued = 0;  // messages not yet accepted by the relay
  int failed = 0;
  int others = 0;  // control, receipts
};

// What append() or markSent() touched: the line to show anew.
struct OutboxChange {
  ClientMessageId id;  // of the item
  ConversationId conversation;
  std::optional<MessageRef> shown{};  // its message; of an edit, deletion, reaction: the target
};

// What still has to leave, in order, surviving crashes (SECURITY.md 3g S1, S3). One worker per conversation: next()
// gives the same item until it was marked. Main thread.
class OutboxJournal final {
 public:
  explicit OutboxJournal(VaultThread &thread) : m_thread(thread) {}

  // S1: line, outbox row and resend log at once. Takes Text, Reply, Edit, Deletion, Reaction. Invalid: empty or too
  // long; NotFound: unknown conversation or target; Forbidden: not our own message; Conflict: too old or deleted.
  [[nodiscard]] Async<OutboxChange> append(ConversationId conversation, model::Content content);

  [[nodiscard]] Async<OutboxWork> work();
  [[nodiscard]] Async<std::optional<OutboxItem>> next(ConversationId conversation);

  // S3, after 2xx. A repetition changes nothing.
  [[nodiscard]] Async<OutboxChange> markSent(ClientMessageId id, MessageId serverId, WallTime serverTime);
  // A permanent refusal; the next item of the conversation becomes workable.
  [[nodiscard]] Async<OutboxChange> markFailed(ClientMessageId id, QByteArray reason);
  // Queues a failed message once more, at the end.
  [[nodiscard]] Async<OutboxChange> retry(ClientMessageId id);

  [[nodiscard]] Async<OutboxCounts> counts();

 private:
  VaultThread &m_thread;
};

}  // namespace gx::vault
