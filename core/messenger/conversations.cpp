// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/conversations.h"

#include <algorithm>

#include "core/base/logging.h"
#include "core/messenger/wire_values.h"
#include "core/wire/limits.h"

namespace gx::messenger {

namespace {
constexpr char kReadReceipts[] = "receipts.read";  // setting: "off" tells nobody what was read

// Of two, and the one that is not `self` is who was asked for.
bool isWith(const wire::ConversationInfo &info, const QString &account, UserId self) {
  const QByteArray asked = account.toUtf8();
  return info.type == wire::ConversationType::Direct && info.participants.size() == 2 &&
         std::any_of(info.participants.begin(), info.participants.end(), [&](const wire::Participant &one) {
           return one.userId != self && one.account.compare(asked, Qt::CaseInsensitive) == 0;
         });
}

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
  const auto record = co_await m_vault.account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (!record->has_value() || !isWith(*info, account, (*record)->account.self.user))
    co_return fail(ErrorKind::Untrusted, "the relay opened a conversation with somebody else", "wrong_participant");
  const auto kept = co_await keep(*info);
  if (!kept) co_return tl::unexpected(kept.error());
  co_return info->conversationId;
}

Async<> Conversations::refresh() {
  std::optional<ConversationId> after;
  Result<> outcome;
  do {
    const auto page = co_await m_access.api().conversations(after, wire::limits::kConversationPage);
    if (!page) co_return tl::unexpected(outcome ? page.error() : outcome.error());
    for (const wire::ConversationInfo &info : page->conversations) {
      const auto kept = co_await keep(info);
      if (!kept) qCWarning(lcMessenger) << "a conversation is not taken:" << describe(kept.error());
      if (!kept && outcome) outcome = tl::unexpected(kept.error());
    }
    after = page->next;
  } while (after);
  co_return outcome;
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
