// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/problem_response.h"

#include <gtest/gtest.h>

namespace gx::server::http {

namespace {

QByteArray headerOf(const net::HttpResponse &response, const QByteArray &name) {
  for (const auto &header : response.headers)
    if (header.name == name) return header.value;
  return {};
}

}  // namespace

struct KindCase {
  ErrorKind kind;
  int status;
  const char *code;
};

TEST(ProblemResponse, EveryKindHasAStatus) {
  for (const auto &[kind, status, code] :
       {KindCase{ErrorKind::Invalid, 400, "bad_request"}, KindCase{ErrorKind::Unauthorized, 401, "unauthorized"},
        KindCase{ErrorKind::Forbidden, 403, "forbidden"}, KindCase{ErrorKind::NotFound, 404, "not_found"},
        KindCase{ErrorKind::TooLarge, 413, "too_large"}, KindCase{ErrorKind::RateLimited, 429, "rate_limited"},
        KindCase{ErrorKind::Unavailable, 503, "unavailable"}, KindCase{ErrorKind::Timeout, 503, "unavailable"},
        KindCase{ErrorKind::Full, 507, "storage_full"}, KindCase{ErrorKind::Storage, 500, "internal"},
        KindCase{ErrorKind::Internal, 500, "internal"}}) {
    const net::HttpResponse response = problemResponse(Error{kind, "why"}, "r-1");
    EXPECT_EQ(response.status, status) << name(kind);
    const auto problem = wire::Problem::parse(response.body);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, code);
    EXPECT_EQ(problem->requestId, "r-1");
  }
}

TEST(ProblemResponse, ACodeOfTheProtocolDecidesTheStatus) {
  const net::HttpResponse response = problemResponse(Error{ErrorKind::Invalid, "why", "idempotency_conflict"}, "r-1");

  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(wire::Problem::parse(response.body)->code, "idempotency_conflict");
}

TEST(ProblemResponse, AnUnknownCodeFallsBackToTheKind) {
  const net::HttpResponse response = problemResponse(Error{ErrorKind::NotFound, "why", "something_inside"}, "r-1");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(wire::Problem::parse(response.body)->code, "not_found");
}

TEST(ProblemResponse, OwnErrorsTellNothing) {
  const net::HttpResponse response =
      problemResponse(Error{ErrorKind::Storage, "UNIQUE constraint failed: Account.name"}, "r-1");

  EXPECT_EQ(response.status, 500);
  EXPECT_FALSE(response.body.contains("Account"));
}

TEST(ProblemResponse, RetryAfterIsBodyAndHeaderInWholeSeconds) {
  const net::HttpResponse response = problemResponse(
      Error{ErrorKind::RateLimited, "slow down", "rate_limited", std::chrono::milliseconds(1500)}, "r-1");

  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(headerOf(response, "Retry-After"), "2");
  EXPECT_EQ(wire::Problem::parse(response.body)->retryAfter, 2);
}

TEST(ProblemResponse, TransientOnesAlwaysNameATime) {
  EXPECT_EQ(headerOf(problemResponse(Error{ErrorKind::Unavailable, ""}, "r"), "Retry-After"), "5");
  EXPECT_EQ(headerOf(problemResponse(Error{ErrorKind::NotFound, ""}, "r"), "Retry-After"), "");
}

TEST(ProblemResponse, UnauthorizedNamesTheScheme) {
  EXPECT_EQ(headerOf(problemResponse(Error{ErrorKind::Unauthorized, ""}, "r"), "WWW-Authenticate"), "Bearer");
}

}  // namespace gx::server::http
