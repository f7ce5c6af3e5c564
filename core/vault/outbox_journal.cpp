// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/outbox_journal.h"

#include "core/vault/outbox_entries.h"
#include "core/vault/outbox_queue.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<OutboxChange> OutboxJournal::append(ConversationId conversation, model::Content content) {
  return m_thread.run([conversation, content](Strongroom &room) {
    const auto change = OutboxEntries(room).append(conversation, content);
    crashPoint("C1");
    return change;
  });
}

Async<OutboxWork> OutboxJournal::work() {
  return m_thread.run([](Strongroom &room) { return OutboxQueue(room).work(); });
}

Async<std::optional<OutboxItem>> OutboxJournal::next(ConversationId conversation) {
  return m_thread.run([conversation](Strongroom &room) { return OutboxQueue(room).next(conversation); });
}

Async<OutboxChange> OutboxJournal::markSent(ClientMessageId id, MessageId serverId, WallTime serverTime) {
  return m_thread.run(
      [id, serverId, serverTime](Strongroom &room) { return OutboxQueue(room).markSent(id, serverId, serverTime); });
}

Async<OutboxChange> OutboxJournal::markFailed(ClientMessageId id, QByteArray reason) {
  return m_thread.run([id, reason](Strongroom &room) { return OutboxQueue(room).markFailed(id, reason); });
}

Async<OutboxChange> OutboxJournal::retry(ClientMessageId id) {
  return m_thread.run([id](Strongroom &room) { return OutboxQueue(room).retry(id); });
}

Async<OutboxCounts> OutboxJournal::counts() {
  return m_thread.run([](Strongroom &room) { return OutboxQueue(room).counts(); });
}

}  // namespace gx::vault
