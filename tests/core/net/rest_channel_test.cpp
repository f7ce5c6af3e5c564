// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/rest_channel.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_http_server.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::net {

using test::FakeHttpServer;
using test::httpAnswer;

namespace {

// What a channel makes of one answer.
tl::expected<QByteArray, RestFailure> answerOf(const QByteArray &answer, RestRequest request = {},
                                               QList<test::FakeRequest> *seen = nullptr) {
  FakeHttpServer server(test::always(answer));
  test::ManualClock clock;
  HttpClient http(clock, {});
  RestChannel channel(http, *RelayAddress::parse(server.url()));
  auto given = test::await(channel.call(std::move(request)));
  test::await(http.shutdown());
  if (seen) *seen = server.requests();
  return given;
}

Error errorOf(const QByteArray &answer) {
  const auto given = answerOf(answer);
  if (given) ADD_FAILURE() << "no error: " << given->constData();
  return given ? Error{} : given.error().error;
}

}  // namespace

TEST(RestChannel, SendsJsonWithTheToken) {
  RestRequest request;
  request.method = "POST";
  request.path = "/messages/ack";
  request.body = "{\"seq\":1}";
  request.token = "gxa_x";
  QList<test::FakeRequest> seen;

  const auto answer = answerOf(httpAnswer(200, "{\"seq\":1}"), request, &seen);

  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "{\"seq\":1}");
  EXPECT_EQ(seen.at(0).target, "/api/v1/messages/ack");
  EXPECT_EQ(seen.at(0).header("Content-Type"), "application/json");
  EXPECT_EQ(seen.at(0).header("Authorization"), "Bearer gxa_x");
  EXPECT_EQ(seen.at(0).body, "{\"seq\":1}");
}

TEST(RestChannel, SendsNoTokenWhereThereIsNone) {
  QList<test::FakeRequest> seen;

  static_cast<void>(answerOf(httpAnswer(200, "{}"), {}, &seen));

  EXPECT_TRUE(seen.at(0).header("Authorization").isEmpty());
  EXPECT_TRUE(seen.at(0).header("Content-Type").isEmpty());
}

TEST(RestChannel, TakesAnEmptyAnswer) {
  const auto answer = answerOf(httpAnswer(204, "", ""));

  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->isEmpty());
}

TEST(RestChannel, TurnsProblemsIntoErrors) {
  const Error error = errorOf(httpAnswer(404, R"({"code":"not_found","message":"no such thing","request_id":"r"})"));

  EXPECT_EQ(error.kind, ErrorKind::NotFound);
  EXPECT_EQ(error.code, "not_found");
}

TEST(RestChannel, TakesTheTimeToComeBackFromTheHeaderToo) {
  const QByteArray problem = R"({"code":"unavailable","message":"","request_id":"r"})";

  EXPECT_EQ(errorOf(httpAnswer(503, problem, "application/json", {"Retry-After: 5"})).retryAfter,
            std::chrono::seconds(5));
  EXPECT_EQ(errorOf(httpAnswer(429, "slow", "text/plain", {"Retry-After: 9"})).retryAfter, std::chrono::seconds(9));
  EXPECT_EQ(errorOf(httpAnswer(429, "slow", "text/plain", {"Retry-After: -9"})).retryAfter.count(), 0);
}

TEST(RestChannel, A24_TakesAPageForWhatItIs) {
  const Error error = errorOf(httpAnswer(200, "<html>Please log in</html>", "text/html"));

  EXPECT_EQ(error.kind, ErrorKind::Unavailable);
  EXPECT_EQ(error.code, kNotARelay);
}

TEST(RestChannel, A24_A25_TakesRedirectsAndForeignRefusalsForNoRelay) {
  EXPECT_EQ(errorOf(httpAnswer(302, "", "", {"Location: http://portal.example/"})).code, kNotARelay);
  EXPECT_EQ(errorOf(httpAnswer(401, "<html>", "text/html")).code, kNotARelay);
  EXPECT_EQ(errorOf(httpAnswer(404, "nginx", "text/html")).code, kNotARelay);
  EXPECT_EQ(errorOf(httpAnswer(404, "[1]", "application/json")).code, kNotARelay);
}

TEST(RestChannel, KnowsAProxyWithoutARelayBehind) {
  for (const int status : {502, 503, 504}) {
    const Error error = errorOf(httpAnswer(status, "<html>", "text/html"));
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_EQ(error.code, "relay_unreachable");
  }
  EXPECT_EQ(errorOf(httpAnswer(413, "<html>", "text/html")).kind, ErrorKind::TooLarge);
}

TEST(RestChannel, PassesOnWhatTheNetworkDid) {
  test::ManualClock clock;
  HttpClient http(clock, {});
  QString url;
  {
    const FakeHttpServer closed(test::always(""));
    url = closed.url();
  }
  RestChannel channel(http, *RelayAddress::parse(url));

  const auto answer = test::await(channel.call({}));

  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.code, "connection_refused");
  test::await(http.shutdown());
}

}  // namespace gx::net
