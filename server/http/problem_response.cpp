// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/problem_response.h"

#include <algorithm>

#include "core/base/logging.h"

namespace gx::server::http {

namespace {

constexpr qint64 kComeBackSeconds = 5;  // where a transient failure named no time

qint64 retrySeconds(std::chrono::milliseconds after) {
  return std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(after).count());
}

}  // namespace

wire::Problem problemOf(const Error &error) {
  const wire::ProblemCode *known = error.code.isEmpty() ? nullptr : wire::findProblemCode(error.code);
  const wire::ProblemCode &row = known != nullptr ? *known : wire::problemCodeFor(error.kind);
  wire::Problem problem;
  problem.code = row.code;
  problem.message = row.status == 500 ? QByteArray("internal error") : error.detail;
  if (error.retryAfter.count() > 0)
    problem.retryAfter = retrySeconds(error.retryAfter);
  else if (row.status == 429 || row.status == 503)
    problem.retryAfter = kComeBackSeconds;
  return problem;
}

net::HttpResponse problemResponse(wire::Problem problem, QByteArray requestId) {
  const wire::ProblemCode *row = wire::findProblemCode(problem.code);
  const int status = row != nullptr ? row->status : 500;
  problem.requestId = std::move(requestId);
  net::HttpResponse response = net::HttpResponse::json(status, problem.toJson());
  if (problem.retryAfter) response.headers.push_back({"Retry-After", QByteArray::number(*problem.retryAfter)});
  if (status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

net::HttpResponse problemResponse(const Error &error, QByteArray requestId) {
  wire::Problem problem = problemOf(error);
  if (problem.code == "internal")
    qCCritical(lcServerHttp, "request %s failed: %s", requestId.constData(), describe(error).constData());
  return problemResponse(std::move(problem), std::move(requestId));
}

}  // namespace gx::server::http
