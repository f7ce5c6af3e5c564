// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/problem_response.h"

#include "core/base/logging.h"

namespace gx::server::http {

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
  wire::Problem problem = wire::Problem::from(error);
  if (problem.code == "internal")
    qCCritical(lcServerHttp, "request %s failed: %s", requestId.constData(), describe(error).constData());
  return problemResponse(std::move(problem), std::move(requestId));
}

}  // namespace gx::server::http
