// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/router.h"

#include <limits>

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

// A body is taken in only when the head has been judged: here where everyone may ask, else in admit(), which may have
// to wait until the token is looked up.
net::BodyPlan Router::planBody(const net::HttpRequest &request) {
  net::BodyPlan plan;
  const QByteArrayView path = pathBelowPrefix(request.path);
  const RouteTable::Match match = m_table.find(request.method, path);
  if (!path.isNull() && !match.isPublic && !bearerToken(request)) {
    ++m_authFailures;
    Result<> refused = fail(ErrorKind::Unauthorized, "an access token is needed", "unauthorized");
    if (Result<> inTime = m_rate.takeFor(request.peer); !inTime) refused = std::move(inTime);
    plan.refusal = respond(fail(refused.error()));
  } else if (announcesBody(request) && !path.isNull() && !match.isPublic) {
    plan.streamed = true;
    plan.maxBytes = std::numeric_limits<qint64>::max();  // the route's own limit comes after the token
  } else if (announcesBody(request)) {
    plan.maxBytes = bodyLimit(match.route);
    if (auto refused = refusal(match, request, {})) plan.refusal = respond(std::move(*refused));
  }
  return plan;
}

void Router::handle(net::HttpRequest request, net::ResponseToken token) {
  const bool isPublic =
      pathBelowPrefix(request.path).isNull() || m_table.find(request.method, pathBelowPrefix(request.path)).isPublic;
  if (isPublic || !announcesBody(request)) return m_running.spawn(serve(std::move(request), token));
  m_uploads.insert(token, Upload{});
  token.pauseBody();
  m_running.spawn(admit(std::move(request), token));
}

QCoro::Task<> Router::admit(net::HttpRequest request, net::ResponseToken token) {
  Async<Admitted> admitting = admission(std::move(request), token);
  Result<Admitted> admitted = co_await admitting;
  const auto upload = m_uploads.find(token);
  if (upload == m_uploads.end()) co_return;  // the client left
  if (!admitted || admitted->refusal) {
    m_uploads.erase(upload);
    token.send(respond(admitted ? std::move(*admitted->refusal) : Result<RouteAnswer>(fail(admitted.error()))));
    co_return;
  }
  upload->limit = bodyLimit(admitted->route);
  upload->admitted = std::move(*admitted);
  token.resumeBody();
}

void Router::bodyArrived(net::ResponseToken token, QByteArrayView piece) {
  const auto upload = m_uploads.find(token);
  if (upload == m_uploads.end()) return;
  QByteArray &body = upload->admitted.call.request.body;
  if (body.size() + piece.size() <= upload->limit) {
    body += piece;
    return;
  }
  m_uploads.erase(upload);
  token.send(respond(fail(ErrorKind::TooLarge, "body too large", "too_large")));
}

void Router::bodyEnded(net::ResponseToken token, bool whole) {
  if (!m_uploads.contains(token)) return;
  Upload upload = m_uploads.take(token);
  if (whole) m_running.spawn(run(std::move(upload.admitted), token, m_clock.steadyNow()));
}

QCoro::Task<> Router::serve(net::HttpRequest request, net::ResponseToken token) {
  const SteadyTime begun = m_clock.steadyNow();
  Async<Admitted> admitting = admission(std::move(request), token);
  Result<Admitted> admitted = co_await admitting;
  if (admitted && !admitted->refusal) {
    QCoro::Task<> running = run(std::move(*admitted), token, begun);
    co_await running;
    co_return;
  }
  m_durations.add(m_clock.steadyNow() - begun);
  token.send(respond(admitted ? std::move(*admitted->refusal) : Result<RouteAnswer>(fail(admitted.error()))));
}

QCoro::Task<> Router::run(Admitted admitted, net::ResponseToken token, SteadyTime begun) {
  Async<RouteAnswer> handling = admitted.route->handler(std::move(admitted.call));
  Result<RouteAnswer> answered = co_await handling;
  m_durations.add(m_clock.steadyNow() - begun);
  token.send(respond(std::move(answered)));
}

Async<Router::Admitted> Router::admission(net::HttpRequest request, net::ResponseToken token) {
  Admitted admitted;
  const QByteArrayView path = pathBelowPrefix(request.path);
  RouteTable::Match match = m_table.find(request.method, path);
  if (!path.isNull() && !match.isPublic) {
    Async<domain::Principal> identifying = identify(bearerToken(request).value_or(QByteArray()));
    const Result<domain::Principal> principal = co_await identifying;
    const Result<> inTime = principal ? m_rate.takeFor(principal->device) : m_rate.takeFor(request.peer);
    if (!inTime) co_return fail(inTime.error());
    if (!principal) co_return fail(principal.error());
    token.setAuthenticated();
    admitted.call.principal = *principal;
  } else if (!path.isNull()) {
    if (const Result<> inTime = m_rate.takeFor(request.peer); !inTime) co_return fail(inTime.error());
  }
  admitted.refusal = refusal(match, request, admitted.call.principal);
  admitted.route = match.route;
  admitted.call.argument = std::move(match.argument);
  admitted.call.request = std::move(request);
  co_return admitted;
}

std::optional<Result<RouteAnswer>> Router::refusal(const RouteTable::Match &match, const net::HttpRequest &request,
                                                   const domain::Principal &who) {
  if (match.route == nullptr && !match.allowed.empty()) return methodNotAllowed(match.allowed);
  if (match.route == nullptr) return problemAnswer("not_found", "no such path");
  if (match.route->access == Access::ActiveDevice && !who.isActive())
    return problemAnswer("device_pending", "the device is not approved yet");
  if (const Result<> fits = checkAnnouncedLength(request, bodyLimit(match.route)); !fits)
    return Result<RouteAnswer>(fail(fits.error()));
  if (!match.route->takesBody()) return std::nullopt;
  if (const Result<> typed = checkContentType(request); !typed) return Result<RouteAnswer>(fail(typed.error()));
  return std::nullopt;
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
