// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/messenger/outbox.h"
#include "core/messenger/relay_access.h"

namespace gx::messenger {

// Conversations for whoever shows them: start, list, read, mark read. Reading needs no network.
class Conversations final : public QObject {
  Q_OBJECT
 public:
  Conversations(RelayAccess &access, Outbox &outbox, vault::Vault &vault);

  // The direct conversation with an account: the known one, else asked of the relay. NotFound for nobody; Untrusted
  // (wrong_participant) if the relay answers with one of somebody else.
  [[nodiscard]] Async<ConversationId> with(QString account);
  // All that the relay knows of us; at start and after long absence. One that is not taken does not keep the others
  // away: the first error is told at the end.
  [[nodiscard]] Async<> refresh();
  [[nodiscard]] Async<> fetch(ConversationId conversation);

  [[nodiscard]] Async<std::vector<vault::ConversationRow>> list();
  [[nodiscard]] Async<vault::MessagePage> history(ConversationId conversation, vault::PageRequest request);
  [[nodiscard]] Async<std::optional<vault::MessageDetails>> find(ConversationId conversation, ClientMessageId id);
  // Everything received up to `upTo` was seen by a person: read receipts follow, unless the person switched them off.
  [[nodiscard]] Async<vault::ReadOutcome> markRead(ConversationId conversation, vault::MessageKey upTo);
  [[nodiscard]] Async<> removeLocally(vault::MessageRef message);

 Q_SIGNALS:
  void conversationChanged(const gx::ConversationId &conversation);
  void messageChanged(const gx::ConversationId &conversation, const gx::vault::MessageRef &message);

 private:
  Async<> keep(wire::ConversationInfo info);

  RelayAccess &m_access;
  Outbox &m_outbox;
  vault::Vault &m_vault;
};

}  // namespace gx::messenger
