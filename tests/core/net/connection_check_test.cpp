// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/connection_check.h"

#include <gtest/gtest.h>

#include <QLocale>

#include "core/wire/check_codes.h"
#include "tests/core/net/fake_realtime.h"
#include "tests/support/await.h"
#include "tests/support/signal_probe.h"
#include "tests/support/test_certificates.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::FakeRealtime;
using test::FakeRequest;
using test::httpAnswer;
using Outcome = CheckResult::Outcome;
namespace checks = wire::checks;

namespace {

QByteArray dateAhead(std::chrono::seconds ahead) {
  const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(ahead.count());
  return "Date: " + QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

// A relay good enough for all checks, which may be spoiled.
class ConnectionCheckTest : public ::testing::Test {
 protected:
  ConnectionCheckTest() {
    relay.rest = [this](const FakeRequest &request, QTcpSocket *socket) {
      if (request.path() == "/api/v1/openapi.json") return void(socket->write(openApi));
      const bool isAllowed = request.header("Authorization") == "Bearer gxa_good";
      socket->write(isAllowed ? httpAnswer(200, R"({"devices":[]})")
                              : httpAnswer(401, R"({"code":"unauthorized","message":"","request_id":"r"})"));
    };
    relay.answer = [](const QByteArray &message) {
      return message.startsWith("21[\"presence.watch\"") ? QByteArray(R"(31[{"ok":{"presence":[]}}])") : QByteArray();
    };
  }

  QList<CheckResult> run(const QString &url, const QByteArray &token = {}, std::stop_token stop = {},
                         TlsPolicy policy = {}) {
    HttpClient http(clock, std::move(policy));
    ConnectionCheck check(http, *RelayAddress::parse(url));
    test::SignalProbe<CheckResult> told(&check, &ConnectionCheck::checked);
    auto results = test::await(check.run(token, stop), 30s);
    EXPECT_EQ(told.count(), 10U);
    test::await(check.shutdown());
    test::await(http.shutdown());
    return results;
  }
  static CheckResult of(const QList<CheckResult> &results, const char *code) {
    for (const CheckResult &result : results)
      if (result.code == code) return result;
    ADD_FAILURE() << "no check " << code;
    return {};
  }

  static QByteArray openApiWith(int level, const QList<QByteArray> &extra = {}) {
    const QByteArray json = R"({"openapi":"3.1.0","x-gx-relay":{"api_level":)" + QByteArray::number(level) +
                            R"(,"environment":"local","demo":true,"registration":"open"}})";
    return httpAnswer(200, json, "application/json", extra);
  }

  SystemClock clock;
  QByteArray openApi = openApiWith(1, {dateAhead(0s)});
  FakeRealtime relay{{}};
};

}  // namespace

TEST_F(ConnectionCheckTest, PassesWithAGoodRelay) {
  const auto results = run(relay.url(), "gxa_good");

  ASSERT_EQ(results.size(), 10);
  for (qsizetype i = 0; i < 10; ++i) {
    EXPECT_EQ(results.at(i).code, QByteArray(checks::kAll[static_cast<size_t>(i)].code));
    const bool isSkipped = i == 0 || i == 2;  // an address of numbers, plain http
    EXPECT_EQ(results.at(i).outcome, isSkipped ? Outcome::Skipped : Outcome::Ok)
        << results.at(i).code.constData() << results.at(i).detail.constData();
    EXPECT_FALSE(results.at(i).detail.isEmpty());
  }
  EXPECT_EQ(relay.received().contains(R"(40{"token":"gxa_good"})"), true);
}

TEST_F(ConnectionCheckTest, SkipsSigningInWithoutAToken) {
  const auto results = run(relay.url());

  EXPECT_EQ(of(results, checks::kSignIn).outcome, Outcome::Skipped);
  EXPECT_EQ(of(results, checks::kRoundTrip).outcome, Outcome::Skipped);
  EXPECT_EQ(of(results, checks::kUpgrade).outcome, Outcome::Ok);
}

TEST_F(ConnectionCheckTest, NamesARefusedToken) {
  const auto results = run(relay.url(), "gxa_bad");

  EXPECT_EQ(of(results, checks::kSignIn).outcome, Outcome::Failed);
  EXPECT_EQ(of(results, checks::kSignIn).error.code, "unauthorized");
  EXPECT_EQ(of(results, checks::kRoundTrip).outcome, Outcome::Skipped);
}

TEST_F(ConnectionCheckTest, SkipsAllAfterAClosedDoor) {
  QString url;
  {
    const FakeRealtime closed({});
    url = closed.url();
  }
  const auto results = run(url, "gxa_good");

  EXPECT_EQ(of(results, checks::kRoute).error.code, "connection_refused");
  EXPECT_EQ(of(results, checks::kHttp).outcome, Outcome::Skipped);
  EXPECT_EQ(of(results, checks::kHttp).detail, QByteArray("makes no sense after the failure of ") + checks::kRoute);
  EXPECT_EQ(of(results, checks::kRoundTrip).outcome, Outcome::Skipped);
}

TEST_F(ConnectionCheckTest, KnowsAPortalAndAnotherLevel) {
  openApi = httpAnswer(200, "<html>", "text/html");
  EXPECT_EQ(of(run(relay.url()), checks::kRelay).error.code, "not_a_relay");

  openApi = httpAnswer(200, "{\"openapi\":\"3.1.0\"}");
  EXPECT_EQ(of(run(relay.url()), checks::kRelay).error.code, "not_a_relay");

  openApi = openApiWith(2);
  EXPECT_EQ(of(run(relay.url()), checks::kRelay).error.kind, ErrorKind::Unsupported);
}

TEST_F(ConnectionCheckTest, ComparesTheClocks) {
  openApi = openApiWith(1, {dateAhead(10min)});
  const auto results = run(relay.url());
  EXPECT_EQ(of(results, checks::kClock).error.code, "clock_skew");
  EXPECT_EQ(of(results, checks::kPolling).outcome, Outcome::Ok);

  openApi = openApiWith(1);
  EXPECT_EQ(of(run(relay.url()), checks::kClock).outcome, Outcome::Skipped);
}

TEST_F(ConnectionCheckTest, SeesABlockedUpgrade) {
  FakeRealtime::Manners manners;
  manners.takesWebSockets = false;
  FakeRealtime blocked(manners);
  blocked.rest = relay.rest;

  const auto results = run(blocked.url());

  EXPECT_EQ(of(results, checks::kPolling).outcome, Outcome::Ok);
  EXPECT_EQ(of(results, checks::kUpgrade).outcome, Outcome::Failed);
  EXPECT_EQ(of(results, checks::kUpgrade).error.code, "upgrade_refused");
}

TEST_F(ConnectionCheckTest, ChecksTheCertificate) {
  FakeRealtime expired({}, test::TestCertificates::instance().expired());
  TlsPolicy policy;
  policy.extraCaPem = test::TestCertificates::instance().ca();

  const auto results = run(u"https://localhost:%1"_s.arg(expired.port()), {}, {}, policy);

  EXPECT_EQ(of(results, checks::kName).outcome, Outcome::Ok);
  EXPECT_EQ(of(results, checks::kRoute).outcome, Outcome::Ok);
  EXPECT_EQ(of(results, checks::kTls).error.code, kTlsExpired);
  EXPECT_EQ(of(results, checks::kHttp).outcome, Outcome::Skipped);
}

TEST_F(ConnectionCheckTest, StopsOnRequest) {
  std::stop_source stop;
  stop.request_stop();

  for (const CheckResult &result : run(relay.url(), "gxa_good", stop.get_token())) {
    EXPECT_EQ(result.outcome, Outcome::Skipped);
    EXPECT_EQ(result.detail, "stopped");
  }
}

TEST_F(ConnectionCheckTest, EndsARoundTripThatIsRefused) {
  FakeRealtime::Manners manners;
  manners.answerToConnect = R"(44{"message":"device_pending"})";
  FakeRealtime pending(manners);
  pending.rest = relay.rest;

  const auto results = run(pending.url(), "gxa_good");

  EXPECT_EQ(of(results, checks::kSignIn).outcome, Outcome::Ok);
  EXPECT_EQ(of(results, checks::kRoundTrip).error.code, "device_pending");
}

}  // namespace gx::net
