// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/message_routes.h"

#include "core/wire/routes.h"
#include "server/http/callback_result.h"
#include "server/http/problem_response.h"
#include "server/http/request_limits.h"
#include "server/http/route_answers.h"

namespace gx::server::http {

namespace {

constexpr int kLettersPerPage = 100;

RouteAnswer refusalAnswer(const services::SendRefusal &refusal) {
  wire::Problem problem = wire::Problem::from(refusal.error);
  problem.missing = refusal.missing;
  problem.extra = refusal.extra;
  problem.stale = refusal.stale;
  RouteAnswer answer;
  answer.problem = std::move(problem);
  return answer;
}

}  // namespace

MessageRoutes::MessageRoutes(services::MessageRelay &relay, services::Mailbox &mailbox)
    : m_relay(relay), m_mailbox(mailbox) {}

void MessageRoutes::addTo(RouteTable &table) {
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kMessages,
             .handler = [this](RouteCall call) { return send(std::move(call)); },
             .summary = "Send a message, sealed for every active device",
             .takes = "SendRequest",
             .gives = "SendAccepted",
             .bodyBytes = wire::limits::kMessageBodyBytes});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kMessages,
             .handler = [this](RouteCall call) { return fetch(std::move(call)); },
             .summary = "Letters that wait for the calling device",
             .gives = "MailPage",
             .query = "after message_id limit"});
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kMessagesAck,
             .handler = [this](RouteCall call) { return acknowledge(std::move(call)); },
             .summary = "Everything up to here is committed on the device",
             .takes = "MailAck",
             .gives = "MailAck"});
}

Async<RouteAnswer> MessageRoutes::send(RouteCall call) {
  auto request = wire::SendRequest::parse(call.request.body);
  if (!request) co_return fail(request.error());
  CallbackResult<services::SendOutcome> sending(
      [&](services::MessageRelay::Done done) { m_relay.send(call.principal, std::move(*request), std::move(done)); });
  const services::SendOutcome outcome = co_await sending;
  if (!outcome) co_return refusalAnswer(outcome.error());
  co_return RouteAnswer::ok(outcome->toJson());
}

Async<RouteAnswer> MessageRoutes::fetch(RouteCall call) {
  const auto after = numberFromQuery(call.request, "after");
  if (!after) return refused(after.error());
  const auto limit = pageLimit(call.request, kLettersPerPage, kLettersPerPage);
  if (!limit) return refused(limit.error());
  wire::MailAck place{*after};
  if (const auto text = call.request.queryValue("message_id")) {
    place.messageId = parseId<MessageId>(*text);
    if (!place.messageId) return refused({ErrorKind::Invalid, "query message_id: not an id"});
  }
  return jsonOf(m_mailbox.page(call.principal, place, *limit));
}

Async<RouteAnswer> MessageRoutes::acknowledge(RouteCall call) {
  const auto ack = wire::MailAck::parse(call.request.body);
  if (!ack) co_return fail(ack.error());
  if (!ack->messageId) co_return fail(ErrorKind::Invalid, "message_id: missing");
  CallbackResult<Result<wire::MailAck>> acknowledging(
      [&](services::Mailbox::AckDone done) { m_mailbox.acknowledge(call.principal, *ack, std::move(done)); });
  const Result<wire::MailAck> acknowledged = co_await acknowledging;
  if (!acknowledged) co_return fail(acknowledged.error());
  co_return RouteAnswer::ok(acknowledged->toJson());
}

}  // namespace gx::server::http
