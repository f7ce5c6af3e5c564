// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/event_answer.h"

#include "core/base/logging.h"

namespace gx::server::gateway {

namespace {

QByteArray wrapped(QByteArrayView before, QByteArrayView json) {
  QByteArray out;
  out.reserve(before.size() + json.size() + 1);
  out.append(before).append(json).append('}');
  return out;
}

}  // namespace

QByteArray okAnswer(QByteArrayView json) {
  return wrapped("{\"ok\":", json);
}

QByteArray errorAnswer(const Error &error) {
  return wrapped("{\"error\":", eventProblem(error).toJson());
}

QByteArray errorAnswer(const services::SendRefusal &refusal) {
  wire::Problem problem = eventProblem(refusal.error);
  problem.missing = refusal.missing;
  problem.extra = refusal.extra;
  problem.stale = refusal.stale;
  return wrapped("{\"error\":", problem.toJson());
}

wire::Problem eventProblem(const Error &error) {
  wire::Problem problem = wire::Problem::from(error);
  if (problem.code == "internal") qCCritical(lcServerGateway, "an event failed: %s", describe(error).constData());
  return problem;
}

}  // namespace gx::server::gateway
