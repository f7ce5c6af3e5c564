// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/access_tokens.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_http_server.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace std::chrono_literals;
using test::FakeHttpServer;
using test::FakeRequest;
using test::httpAnswer;

namespace {

wire::TokenPair pairOf(const QByteArray &access, const QByteArray &refresh, qint64 seconds = 600) {
  wire::TokenPair pair;
  pair.accessToken = access;
  pair.accessExpiresIn = seconds;
  pair.refreshToken = refresh;
  pair.refreshExpiresIn = 3600;
  return pair;
}

QByteArray problem(int status, const QByteArray &code) {
  return httpAnswer(status, R"({"code":")" + code + R"(","message":"m","request_id":"r"})");
}

// A device with tokens, and a relay that answers as told.
class AccessTokensTest : public ::testing::Test {
 protected:
  ~AccessTokensTest() override {
    test::await(tokens.shutdown());
    test::await(http.shutdown());
  }

  // Does not hold what its caller may have lost.
  static Async<wire::RefreshRequest> prepared(QByteArray refreshToken, QByteArray requestId) {
    wire::RefreshRequest request;
    request.refreshToken = refreshToken;
    request.requestId = requestId;
    co_return request;
  }
  static Async<> done(Result<> result) { co_return result; }

  Result<QByteArray> current() { return test::await(tokens.current()); }

  QByteArray answer = httpAnswer(200, pairOf("gxa_2", "gxr_2").toJson());
  QTcpSocket *held = nullptr;
  bool holds = false;
  bool cuts = false;
  FakeHttpServer relay{[this](const FakeRequest &, QTcpSocket *socket) {
    held = socket;
    if (cuts) return socket->abort();
    if (!holds) socket->write(answer);
  }};
  QList<QByteArray> kept;
  Result<> keepResult{};
  QByteArray requestId = "id-1";

  test::ManualClock clock;
  HttpClient http{clock, {}};
  RestChannel channel{http, *RelayAddress::parse(relay.url())};
  AccessTokens tokens{channel,
                      clock,
                      {[this](QByteArray token) { return prepared(std::move(token), requestId); },
                       [this](wire::TokenPair pair) {
                         kept.append(pair.refreshToken);
                         return done(keepResult);
                       }}};
};

}  // namespace

TEST_F(AccessTokensTest, GivesAFreshTokenWithoutAsking) {
  tokens.adopt(pairOf("gxa_1", "gxr_1"));

  EXPECT_EQ(current(), QByteArray("gxa_1"));
  EXPECT_TRUE(tokens.isSignedIn());
  EXPECT_TRUE(relay.requests().isEmpty());
}

TEST_F(AccessTokensTest, FailsWhenNobodyIsSignedIn) {
  EXPECT_EQ(current().error().code, "signed_out");

  tokens.adopt(pairOf("gxa_1", "gxr_1"));
  tokens.forget();
  EXPECT_EQ(current().error().kind, ErrorKind::Unauthorized);
  EXPECT_FALSE(tokens.isSignedIn());
}

TEST_F(AccessTokensTest, RefreshesWhatWasKeptFromTheLastStart) {
  tokens.adopt(pairOf("", "gxr_1", 0));
  test::SignalProbe<QByteArray> renewed(&tokens, &AccessTokens::renewed);

  EXPECT_EQ(current(), QByteArray("gxa_2"));

  const FakeRequest &request = relay.requests().at(0);
  EXPECT_EQ(request.target, "/api/v1/auth/refresh");
  EXPECT_EQ(request.body, R"({"refresh_token":"gxr_1","request_id":"id-1"})");
  EXPECT_TRUE(request.header("Authorization").isEmpty());
  EXPECT_EQ(kept, QList<QByteArray>{"gxr_2"});
  EXPECT_EQ(renewed.value(), "gxa_2");
}

TEST_F(AccessTokensTest, RefreshesOnceForAllWhoWait) {
  tokens.adopt(pairOf("", "gxr_1", 0));
  auto one = tokens.current();
  auto two = tokens.current();
  auto three = tokens.current();

  EXPECT_EQ(test::await(std::move(three)), QByteArray("gxa_2"));
  EXPECT_EQ(test::await(std::move(two)), QByteArray("gxa_2"));
  EXPECT_EQ(test::await(std::move(one)), QByteArray("gxa_2"));
  EXPECT_EQ(relay.requests().size(), 1);
}

TEST_F(AccessTokensTest, RenewsAheadOfTheEnd) {
  tokens.adopt(pairOf("gxa_1", "gxr_1", 600));
  test::SignalProbe<QByteArray> renewed(&tokens, &AccessTokens::renewed);
  clock.advance(539s);
  EXPECT_EQ(current(), QByteArray("gxa_1"));

  clock.advance(1s);

  ASSERT_TRUE(renewed.waitFor(1));
  EXPECT_EQ(current(), QByteArray("gxa_2"));
  EXPECT_EQ(relay.requests().size(), 1);
}

TEST_F(AccessTokensTest, NoticesByTheWallClockThatTheMachineSlept) {
  tokens.adopt(pairOf("gxa_1", "gxr_1", 600));

  clock.jumpWall(1h);

  EXPECT_EQ(current(), QByteArray("gxa_2"));
}

TEST_F(AccessTokensTest, GivesNoRefusedTokenAgain) {
  tokens.adopt(pairOf("gxa_1", "gxr_1"));

  tokens.invalidate("gxa_0");
  EXPECT_EQ(current(), QByteArray("gxa_1"));
  tokens.invalidate("gxa_1");
  EXPECT_EQ(current(), QByteArray("gxa_2"));
}

TEST_F(AccessTokensTest, RepeatsARefreshWhoseAnswerGotLost) {
  cuts = true;
  tokens.adopt(pairOf("", "gxr_1", 0));
  EXPECT_EQ(current().error().kind, ErrorKind::Network);
  EXPECT_TRUE(tokens.isSignedIn());
  cuts = false;

  EXPECT_EQ(current(), QByteArray("gxa_2"));
  EXPECT_EQ(relay.requests().first().body, relay.requests().last().body);
}

TEST_F(AccessTokensTest, SignsOutOnTheRelaysWordAlone) {
  test::SignalProbe<Error> signedOut(&tokens, &AccessTokens::signedOut);
  tokens.adopt(pairOf("", "gxr_1", 0));
  for (const QByteArray &passing : {problem(503, "unavailable"), problem(500, "internal"), problem(429, "rate_limited"),
                                    problem(422, "invalid_signature"), httpAnswer(401, "<html>", "text/html")}) {
    answer = passing;
    EXPECT_FALSE(current());
    EXPECT_TRUE(tokens.isSignedIn());
  }
  EXPECT_EQ(signedOut.count(), 0U);

  answer = problem(401, "token_reused");
  EXPECT_EQ(current().error().code, "token_reused");

  ASSERT_EQ(signedOut.count(), 1U);
  EXPECT_EQ(signedOut.value().code, "token_reused");
  EXPECT_FALSE(tokens.isSignedIn());
}

TEST_F(AccessTokensTest, WaitsWhileAnotherRefreshIsBeingAnswered) {
  answer = problem(409, "refresh_in_progress");
  tokens.adopt(pairOf("", "gxr_1", 0));
  auto waiting = tokens.current();
  test::waitUntil([&] { return relay.requests().size() == 1 && clock.pendingTimers() > 0; });
  answer = httpAnswer(200, pairOf("gxa_2", "gxr_2").toJson());

  test::waitUntil([&] {
    clock.advance(10ms);
    return relay.requests().size() == 2;
  });

  EXPECT_EQ(test::await(std::move(waiting)), QByteArray("gxa_2"));
}

TEST_F(AccessTokensTest, UsesNoPairThatCouldNotBeKept) {
  keepResult = fail(ErrorKind::Storage, "disk full");
  tokens.adopt(pairOf("", "gxr_1", 0));
  EXPECT_EQ(current().error().kind, ErrorKind::Storage);

  keepResult = {};
  EXPECT_EQ(current(), QByteArray("gxa_2"));
  EXPECT_EQ(relay.requests().last().body, R"({"refresh_token":"gxr_1","request_id":"id-1"})");
}

TEST_F(AccessTokensTest, RefusesAnAnswerThatIsNoPair) {
  answer = httpAnswer(200, "{\"access_token\":3}");
  tokens.adopt(pairOf("", "gxr_1", 0));

  EXPECT_EQ(current().error().code, kBadAnswer);
  EXPECT_TRUE(tokens.isSignedIn());
}

TEST_F(AccessTokensTest, LetsOneWaiterStopWithoutTheOthers) {
  holds = true;
  tokens.adopt(pairOf("", "gxr_1", 0));
  std::stop_source stop;
  auto stopped = tokens.current(stop.get_token());
  auto patient = tokens.current();
  test::waitUntil([&] { return held != nullptr; });

  stop.request_stop();
  EXPECT_EQ(test::await(std::move(stopped)).error().kind, ErrorKind::Cancelled);
  held->write(answer);

  EXPECT_EQ(test::await(std::move(patient)), QByteArray("gxa_2"));
}

TEST_F(AccessTokensTest, DropsTheAnswerForAPairThatWasReplaced) {
  holds = true;
  tokens.adopt(pairOf("", "gxr_1", 0));
  auto waiting = tokens.current();
  test::waitUntil([&] { return held != nullptr; });

  tokens.adopt(pairOf("gxa_9", "gxr_9"));
  held->write(answer);

  EXPECT_EQ(test::await(std::move(waiting)), QByteArray("gxa_9"));
  EXPECT_TRUE(kept.isEmpty());
}

TEST_F(AccessTokensTest, EndsAtShutdown) {
  holds = true;
  tokens.adopt(pairOf("", "gxr_1", 0));
  auto waiting = tokens.current();
  test::waitUntil([&] { return held != nullptr; });

  test::await(tokens.shutdown());

  EXPECT_EQ(test::await(std::move(waiting)).error().kind, ErrorKind::Cancelled);
}

}  // namespace gx::net
