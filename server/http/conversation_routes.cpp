// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/conversation_routes.h"

#include "core/wire/routes.h"
#include "server/http/request_limits.h"
#include "server/http/route_answers.h"

namespace gx::server::http {

namespace {

constexpr int kConversationsPerPage = wire::limits::kConversationPage;

Async<RouteAnswer> opened(Async<domain::OpenedConversation> task) {
  Result<domain::OpenedConversation> conversation = co_await task;
  if (!conversation) co_return fail(conversation.error());
  RouteAnswer answer;
  answer.status = conversation->isNew ? 201 : 200;
  answer.body = conversation->info.toJson();
  co_return answer;
}

}  // namespace

ConversationRoutes::ConversationRoutes(services::Conversations &conversations) : m_conversations(conversations) {}

void ConversationRoutes::addTo(RouteTable &table) {
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kConversations,
             .handler = [this](RouteCall call) { return create(std::move(call)); },
             .summary = "Find a person and open the conversation; 200 when it was there",
             .takes = "ConversationCreate",
             .gives = "ConversationInfo",
             .status = 201});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kConversations,
             .handler = [this](RouteCall call) { return list(std::move(call)); },
             .summary = "Conversations in order of making",
             .gives = "ConversationPage",
             .query = "after limit"});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kConversation,
             .handler = [this](RouteCall call) { return find(std::move(call)); },
             .summary = "One conversation",
             .gives = "ConversationInfo"});
}

Async<RouteAnswer> ConversationRoutes::create(RouteCall call) {
  auto request = wire::ConversationCreate::parse(call.request.body);
  if (!request) return refused(request.error());
  return opened(m_conversations.create(call.principal, std::move(*request)));
}

Async<RouteAnswer> ConversationRoutes::list(RouteCall call) {
  const auto limit = pageLimit(call.request, kConversationsPerPage, kConversationsPerPage);
  if (!limit) return refused(limit.error());
  std::optional<ConversationId> after;
  if (const auto text = call.request.queryValue("after")) {
    after = parseId<ConversationId>(*text);
    if (!after) return refused(Error{ErrorKind::Invalid, "query after: not an id"});
  }
  return jsonOf(m_conversations.list(call.principal, after, *limit));
}

Async<RouteAnswer> ConversationRoutes::find(RouteCall call) {
  const auto id = idInPath<ConversationId>(call);
  if (!id) return refused(id.error());
  return jsonOf(m_conversations.find(call.principal, *id));
}

}  // namespace gx::server::http
