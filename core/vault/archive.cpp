// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/archive.h"

#include "core/vault/history.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<> Archive::upsert(ConversationFacts facts) {
  return m_thread.run([facts](Strongroom &room) { return History(room).upsert(facts); });
}

Async<std::vector<ConversationRow>> Archive::conversations() {
  return m_thread.run([](Strongroom &room) { return History(room).conversations(); });
}

Async<std::optional<ConversationRow>> Archive::conversation(ConversationId id) {
  return m_thread.run([id](Strongroom &room) { return History(room).conversation(id); });
}

Async<std::optional<ConversationId>> Archive::directWith(QString account) {
  return m_thread.run([account](Strongroom &room) { return History(room).directWith(account); });
}

Async<std::optional<model::Contact>> Archive::contact(UserId user) {
  return m_thread.run([user](Strongroom &room) { return room.contacts.contact(user); });
}

Async<MessagePage> Archive::page(ConversationId conversation, PageRequest request) {
  return m_thread.run([conversation, request](Strongroom &room) { return History(room).page(conversation, request); });
}

Async<std::optional<MessageDetails>> Archive::message(MessageRef message) {
  return m_thread.run([message](Strongroom &room) { return History(room).message(message); });
}

Async<std::optional<MessageDetails>> Archive::find(ConversationId conversation, ClientMessageId id) {
  return m_thread.run([conversation, id](Strongroom &room) { return History(room).find(conversation, id); });
}

Async<ReadOutcome> Archive::markRead(ConversationId conversation, MessageKey upTo, bool tellOthers) {
  return m_thread.run([conversation, upTo, tellOthers](Strongroom &room) {
    return History(room).markRead(conversation, upTo, tellOthers);
  });
}

Async<> Archive::removeLocally(MessageRef message) {
  return m_thread.run([message](Strongroom &room) { return History(room).removeLocally(message); });
}

}  // namespace gx::vault
