// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/rest_failure.h"

#include "core/wire/json_reader.h"

namespace gx::net {

namespace {

constexpr qsizetype kDetailBytes = 200;

ErrorKind kindOfStatus(int status) {
  switch (status) {
    case 401:
      return ErrorKind::Unauthorized;
    case 403:
      return ErrorKind::Forbidden;
    case 404:
    case 405:
      return ErrorKind::NotFound;
    case 409:
    case 410:
      return ErrorKind::Conflict;
    case 408:
      return ErrorKind::Timeout;
    case 413:
    case 414:
    case 431:
      return ErrorKind::TooLarge;
    case 429:
      return ErrorKind::RateLimited;
    case 500:
      return ErrorKind::Internal;
    case 507:
      return ErrorKind::Full;
    default:
      return status >= 500 ? ErrorKind::Unavailable : ErrorKind::Invalid;
  }
}

Error badAnswer(const Error &why) {
  return {ErrorKind::Corrupt, "bad answer: " + why.detail, kBadAnswer};
}

}  // namespace

RestFailure toFailure(const wire::Problem &problem, int status) {
  const wire::ProblemCode *known = wire::findProblemCode(problem.code);
  RestFailure failure;
  failure.error.kind = known ? known->kind : kindOfStatus(status);
  failure.error.code = problem.code;
  failure.error.detail = problem.message.left(kDetailBytes);
  if (!problem.requestId.isEmpty()) failure.error.detail += " (request " + problem.requestId.left(64) + ')';
  failure.error.retryAfter = std::chrono::seconds(problem.retryAfter.value_or(0));
  failure.missing = problem.missing;
  failure.extra = problem.extra;
  failure.stale = problem.stale;
  return failure;
}

tl::expected<QByteArray, RestFailure> openAck(QByteArrayView ack) {
  const wire::JsonReader in(ack);
  if (in.error()) return tl::unexpected(RestFailure{badAnswer(*in.error())});
  if (in.has("ok")) return in["ok"].raw().toByteArray();
  if (!in.has("error")) return tl::unexpected(RestFailure{badAnswer({ErrorKind::Invalid, "neither ok nor error"})});
  const auto problem = wire::Problem::parse(in["error"].raw());
  if (!problem) return tl::unexpected(RestFailure{badAnswer(problem.error())});
  return tl::unexpected(toFailure(*problem));
}

Result<QByteArray> openPlainAck(QByteArrayView ack) {
  auto opened = openAck(ack);
  if (!opened) return fail(opened.error().error);
  return *opened;
}

SendResult openSendAck(QByteArrayView ack) {
  const auto opened = openAck(ack);
  if (!opened) return tl::unexpected(opened.error());
  return readSendAccepted(*opened);
}

SendResult readSendAccepted(QByteArrayView json) {
  auto accepted = wire::SendAccepted::parse(json);
  if (!accepted) return tl::unexpected(RestFailure{badAnswer(accepted.error())});
  return *accepted;
}

}  // namespace gx::net
