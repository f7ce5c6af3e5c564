// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/rest_channel.h"

namespace gx::net {

namespace {

RestFailure notARelay(const char *why) {
  RestFailure failure;
  failure.error = {ErrorKind::Unavailable, why, kNotARelay};
  return failure;
}

bool isJson(const HttpResponse &response) {
  const QByteArray type = response.header("Content-Type");
  return type.split(';').first().trimmed().toLower() == "application/json";
}

std::chrono::seconds retryAfter(const HttpResponse &response) {
  bool ok = false;
  const int seconds = response.header("Retry-After").trimmed().toInt(&ok);
  return std::chrono::seconds(ok && seconds > 0 ? seconds : 0);
}

// An error status without a problem: a proxy in front of the relay speaks, or no relay at all.
RestFailure withoutProblem(const HttpResponse &response) {
  RestFailure failure;
  const QByteArray status = "status " + QByteArray::number(response.status) + " without a problem";
  switch (response.status) {
    case 413:
      failure.error = {ErrorKind::TooLarge, status, "too_large"};
      break;
    case 429:
      failure.error = {ErrorKind::RateLimited, status, "rate_limited"};
      break;
    case 502:
    case 503:
    case 504:
      failure.error = {ErrorKind::Unavailable, status, "relay_unreachable"};
      break;
    default:
      failure.error = {ErrorKind::Unavailable, status, kNotARelay};
      break;
  }
  failure.error.retryAfter = retryAfter(response);
  return failure;
}

tl::expected<QByteArray, RestFailure> read(const HttpResponse &response) {
  const int status = response.status;
  if (status >= 300 && status < 400) return tl::unexpected(notARelay("a redirect"));
  if (status >= 400) {
    const auto problem = isJson(response) ? wire::Problem::parse(response.body) : fail(ErrorKind::Invalid, "not JSON");
    if (!problem) return tl::unexpected(withoutProblem(response));
    RestFailure failure = toFailure(*problem, status);
    if (failure.error.retryAfter.count() == 0) failure.error.retryAfter = retryAfter(response);
    return tl::unexpected(std::move(failure));
  }
  if (status == 204) return QByteArray();
  if (status < 200 || !isJson(response)) return tl::unexpected(notARelay("the answer is not JSON"));
  return response.body;
}

}  // namespace

RestChannel::RestChannel(HttpClient &http, RelayAddress address) : m_http(http), m_address(std::move(address)) {}

RestTask RestChannel::call(RestRequest request, std::stop_token stop) {
  HttpRequest http;
  http.method = request.method;
  http.url = m_address.rest(request.path);
  http.body = request.body;
  http.maxResponse = request.maxResponse;
  http.headers.emplaceBack("Accept", "application/json");
  if (!request.body.isEmpty()) http.headers.emplaceBack("Content-Type", "application/json");
  if (!request.token.isEmpty()) http.headers.emplaceBack("Authorization", "Bearer " + request.token);
  const Result<HttpResponse> response = co_await m_http.send(std::move(http), std::move(stop));
  if (!response) {
    RestFailure failure;
    failure.error = response.error();
    co_return tl::unexpected(std::move(failure));
  }
  co_return read(*response);
}

}  // namespace gx::net
