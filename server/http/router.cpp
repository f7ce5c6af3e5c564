// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/router.h"

#include "core/wire/routes.h"
#include "server/http/problem_response.h"
#include "server/http/request_limits.h"

namespace gx::server::http {

namespace {

RouteAnswer problemAnswer(const char *code, const char *message) {
  RouteAnswer answer;
  wire::Problem problem;
  problem.code = code;
  problem.message = message;
  answer.problem = std::move(problem);
  return answer;
}

RouteAnswer methodNotAllowed(const std::vector<net::HttpMethod> &allowed) {
  RouteAnswer answer = problemAnswer("method_not_allowed", "see the header Allow");
  QByteArray names;
  for (const net::HttpMethod method : allowed)
    names += (names.isEmpty() ? "" : ", ") + net::methodName(method).toByteArray();
  answer.headers.push_back({"Allow", names});
  return answer;
}

void addSecurityHeaders(net::HttpResponse &response, QByteArray requestId) {
  response.headers.push_back({"X-Request-Id", std::move(requestId)});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Cache-Control", "no-store"});
}

}  // namespace

QByteArrayView pathBelowPrefix(QByteArrayView path) {
  constexpr QByteArrayView kPrefix = wire::routes::kApiPrefix;
  if (!path.startsWith(kPrefix)) return {};
  const QByteArrayView below = path.sliced(kPrefix.size());
  return below.startsWith('/') ? below : QByteArrayView();
}

Router::Router(const RouteTable &table, TokenCheck check, Means means)
    : m_table(table),
      m_check(std::move(check)),
      m_rate(means.clock, means.rateScale),
      m_clock(means.clock),
      m_idPrefix(means.random.bytes(8).toHex()) {}

net::BodyPlan Router::planBody(const net::HttpRequest &request) {
  net::BodyPlan plan;
  const QByteArrayView path = pathBelowPrefix(request.path);
  const RouteTable::Match match = m_table.find(request.method, path);
  plan.maxBytes = bodyLimit(match.route);
  Result<> admitted = checkAnnouncedLength(request, static_cast<qsizetype>(plan.maxBytes));
  if (!path.isNull() && !match.isPublic && !bearerToken(request)) {
    ++m_authFailures;
    admitted = fail(ErrorKind::Unauthorized, "an access token is needed", "unauthorized");
    if (Result<> inTime = m_rate.takeFor(request.peer); !inTime) admitted = std::move(inTime);
  }
  if (!admitted) plan.refusal = respond(fail(admitted.error()));
  return plan;
}

void Router::handle(net::HttpRequest request, net::ResponseToken token) {
  m_running.spawn(serve(std::move(request), token));
}

QCoro::Task<> Router::serve(net::HttpRequest request, net::ResponseToken token) {
  const SteadyTime begun = m_clock.steadyNow();
  Async<RouteAnswer> answering = answer(std::move(request), token);
  Result<RouteAnswer> answered = co_await answering;
  m_durations.add(m_clock.steadyNow() - begun);
  token.send(respond(std::move(answered)));
}

Async<RouteAnswer> Router::answer(net::HttpRequest request, net::ResponseToken token) {
  const QByteArrayView path = pathBelowPrefix(request.path);
  if (path.isNull()) co_return problemAnswer("not_found", "no such path");
  RouteTable::Match match = m_table.find(request.method, path);
  RouteCall call;
  if (!match.isPublic) {
    Async<domain::Principal> identifying = identify(bearerToken(request).value_or(QByteArray()));
    const Result<domain::Principal> principal = co_await identifying;
    const Result<> inTime = principal ? m_rate.takeFor(principal->device) : m_rate.takeFor(request.peer);
    if (!inTime) co_return fail(inTime.error());
    if (!principal) co_return fail(principal.error());
    token.setAuthenticated();
    call.principal = *principal;
  } else if (const Result<> inTime = m_rate.takeFor(request.peer); !inTime) {
    co_return fail(inTime.error());
  }
  if (match.route == nullptr && !match.allowed.empty()) co_return methodNotAllowed(match.allowed);
  if (match.route == nullptr) co_return problemAnswer("not_found", "no such path");
  if (match.route->access == Access::ActiveDevice && !call.principal.isActive())
    co_return problemAnswer("device_pending", "the device is not approved yet");
  if (match.route->takesBody()) {
    const Result<> typed = checkContentType(request);
    if (!typed) co_return fail(typed.error());
  }
  call.argument = std::move(match.argument);
  call.request = std::move(request);
  Async<RouteAnswer> handling = match.route->handler(std::move(call));
  Result<RouteAnswer> answered = co_await handling;
  co_return answered;
}

Async<domain::Principal> Router::identify(QByteArray token) {
  Async<domain::Principal> checking = m_check(std::move(token));
  Result<domain::Principal> principal = co_await checking;
  if (!principal && principal.error().kind == ErrorKind::Unauthorized) ++m_authFailures;
  co_return principal;
}

net::HttpResponse Router::respond(Result<RouteAnswer> answer) {
  const QByteArray id = nextRequestId();
  net::HttpResponse response;
  if (!answer) {
    response = problemResponse(answer.error(), id);
  } else if (answer->problem) {
    response = problemResponse(std::move(*answer->problem), id);
  } else {
    response.status = answer->status;
    response.body = std::move(answer->body);
    if (!response.body.isEmpty()) response.contentType = "application/json";
  }
  if (answer)
    for (auto &header : answer->headers) response.headers.push_back(std::move(header));
  addSecurityHeaders(response, id);
  const auto statusClass = static_cast<std::size_t>(response.status / 100);
  if (statusClass < m_byClass.size()) ++m_byClass[statusClass];
  return response;
}

net::HttpResponse Router::problem(int status, QByteArrayView code, QByteArrayView message) {
  wire::Problem said;
  said.code = code.toByteArray();
  said.message = message.toByteArray();
  said.requestId = nextRequestId();
  net::HttpResponse response = net::HttpResponse::json(status, said.toJson());
  addSecurityHeaders(response, said.requestId);
  return response;
}

QByteArray Router::nextRequestId() {
  return m_idPrefix + '-' + QByteArray::number(++m_lastId, 16);
}

void Router::writeMetrics(MetricsText &out) const {
  out.counter("gx_http_requests_total", "REST requests by class of status");
  for (std::size_t i = 2; i < m_byClass.size(); ++i)
    out.value(static_cast<double>(m_byClass[i]), {{"status", QByteArray::number(i) + "xx"}});
  out.counter("gx_auth_failures_total", "REST requests without a valid access token")
      .value(static_cast<double>(m_authFailures));
  out.histogram("gx_http_request_seconds", "time from a whole request to its answer", m_durations);
}

}  // namespace gx::server::http
