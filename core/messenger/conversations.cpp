// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/conversations.h"

#include "core/messenger/wire_values.h"

namespace gx::messenger {

namespace {
constexpr int kPageSize = 100;
constexpr char kReadReceipts[] = "receipts.read";  // setting: "off" tells nobody what was read
}  // namespace

Conversations::Conversations(RelayAccess &access, Outbox &outbox, vault::Vault &vault)
    : m_access(access), m_outbox(outbox), m_vault(vault) {}

Async<ConversationId> Conversations::with(QString account) {
  const auto known = co_await m_vault.archive().directWith(account);
  if (!known) co_return tl::unexpected(known.error());
  if (known->has_value()) co_return **known;
  wire::ConversationCreate request;
  request.with.append(account.toUtf8());
  const auto info = co_await m_access.api().startConversation(std::move(request));
  if (!info) co_return tl::unexpected(info.error());
  const auto kept = co_await keep(*info);
  if (!kept) co_return tl::unexpected(kept.error());
  co_return info->conversationId;
}

Async<> Conversations::refresh() {
  std::optional<ConversationId> after;
  do {
    const auto page = co_await m_access.api().conversations(after, kPageSize);
    if (!page) co_return tl::unexpected(page.error());
    for (const wire::ConversationInfo &info : page->conversations) {
      const auto kept = co_await keep(info);
      if (!kept) co_return tl::unexpected(kept.error());
    }
    after = page->next;
  } while (after);
  co_return Result<>();
}

Async<> Conversations::fetch(ConversationId conversation) {
  const auto info = co_await m_access.api().conversation(conversation);
  if (!info) co_return tl::unexpected(info.error());
  co_return co_await keep(*info);
}

Async<std::vector<vault::ConversationRow>> Conversations::list() {
  return m_vault.archive().conversations();
}

Async<vault::MessagePage> Conversations::history(ConversationId conversation, vault::PageRequest request) {
  return m_vault.archive().page(conversation, request);
}

Async<std::optional<vault::MessageDetails>> Conversations::find(ConversationId conversation, ClientMessageId id) {
  return m_vault.archive().find(conversation, id);
}

Async<vault::ReadOutcome> Conversations::markRead(ConversationId conversation, vault::MessageKey upTo) {
  const auto setting = co_await m_vault.account().setting(QString::fromLatin1(kReadReceipts));
  if (!setting) co_return tl::unexpected(setting.error());
  const bool tellOthers = setting->value_or(QString()) != QLatin1String("off");
  const auto outcome = co_await m_vault.archive().markRead(conversation, upTo, tellOthers);
  if (!outcome) co_return tl::unexpected(outcome.error());
  for (const vault::MessageRef &message : outcome->changed) Q_EMIT messageChanged(conversation, message);
  if (!outcome->changed.empty()) Q_EMIT conversationChanged(conversation);
  if (outcome->queuedWork) m_outbox.wake();
  co_return *outcome;
}

Async<> Conversations::removeLocally(vault::MessageRef message) {
  return m_vault.archive().removeLocally(message);
}

Async<> Conversations::keep(wire::ConversationInfo info) {
  const auto kept = co_await m_vault.archive().upsert(toFacts(info));
  if (!kept) co_return tl::unexpected(kept.error());
  Q_EMIT conversationChanged(info.conversationId);
  co_return Result<>();
}

}  // namespace gx::messenger
