// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/conversations.h"

#include <algorithm>

#include "core/wire/limits.h"
#include "server/services/account_name.h"

namespace gx::server::services {

namespace {
constexpr int kLongestList = wire::limits::kConversationPage;
}  // namespace

Conversations::Conversations(const domain::Ports &ports) : m_ports(ports) {}

Async<domain::OpenedConversation> Conversations::create(domain::Principal who, wire::ConversationCreate request) {
  if (request.with.size() != 1) co_return fail(ErrorKind::Invalid, "with: exactly one account", "bad_request");
  const QByteArray limitKey = toText(who.user);
  const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::ConversationOpen, limitKey);
  if (!allowed) co_return fail(allowed.error());
  const Result<QByteArray> name = accountName(request.with.first());
  if (!name) co_return fail(ErrorKind::NotFound, "no such account", "not_found");
  const Result<domain::Account> other = co_await m_ports.accounts.find(*name);
  if (!other) co_return fail(other.error());
  if (other->id == who.user) co_return fail(ErrorKind::Invalid, "a conversation needs somebody else", "with_self");
  domain::DirectConversation wanted;
  wanted.id = newId<ConversationId>(m_ports.clock, m_ports.random);
  wanted.opener = who.user;
  wanted.other = other->id;
  wanted.now = m_ports.clock.wallNow();
  co_return co_await m_ports.conversations.openDirect(wanted);
}

Async<wire::ConversationPage> Conversations::list(domain::Principal who, std::optional<ConversationId> after,
                                                  int limit) {
  const int count = std::clamp(limit, 1, kLongestList);
  co_return co_await m_ports.conversations.list(who.user, after, count);
}

Async<wire::ConversationInfo> Conversations::find(domain::Principal who, ConversationId id) {
  co_return co_await m_ports.conversations.find(id, who.user);
}

}  // namespace gx::server::services
