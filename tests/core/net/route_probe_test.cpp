// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/route_probe.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_http_server.h"
#include "tests/core/net/test_policy.h"
#include "tests/support/await.h"
#include "tests/support/fake_proxy.h"
#include "tests/support/manual_clock.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::FakeHttpServer;
using test::TestCertificates;
using test::trustingTestCa;

TEST(RouteProbe, LooksUpNames) {
  test::ManualClock clock;

  const RouteProbe good(clock, trustingTestCa(), QUrl(u"http://localhost:1"_s));
  EXPECT_TRUE(test::await(good.lookUp({})));

  const RouteProbe bad(clock, trustingTestCa(), QUrl(u"https://name.invalid"_s));
  EXPECT_EQ(test::await(bad.lookUp({})).error().code, "host_not_found");
}

TEST(RouteProbe, ReachesPorts) {
  test::ManualClock clock;
  QUrl url;
  {
    const FakeHttpServer server(test::always(""));
    url = QUrl(server.url());
    EXPECT_TRUE(test::await(RouteProbe(clock, trustingTestCa(), url).reach({})));
  }
  EXPECT_EQ(test::await(RouteProbe(clock, trustingTestCa(), url).reach({})).error().code, "connection_refused");
}

TEST(RouteProbe, ShakesHands) {
  SystemClock clock;
  const FakeHttpServer server(test::always(""), TestCertificates::instance().server());
  const FakeHttpServer expired(test::always(""), TestCertificates::instance().expired());
  const QUrl url(server.url(u"localhost"_s));
  TlsPolicy pinned = trustingTestCa();
  pinned.publicKeyPins = {QByteArray(32, 'x')};

  const RouteProbe good(clock, trustingTestCa(), url);
  const auto hands = test::await(good.shakeHands({}));
  ASSERT_TRUE(hands) << describe(hands.error()).constData();
  EXPECT_TRUE(hands->startsWith("TLS"));
  const RouteProbe late(clock, trustingTestCa(), QUrl(expired.url(u"localhost"_s)));
  EXPECT_EQ(test::await(late.shakeHands({})).error().code, kTlsExpired);
  const RouteProbe wrongKey(clock, pinned, url);
  EXPECT_EQ(test::await(wrongKey.shakeHands({})).error().code, kTlsPinBroken);
}

TEST(RouteProbe, GivesUpInTime) {
  test::ManualClock clock;
  QTcpServer silent;
  silent.listen(QHostAddress::LocalHost);
  const RouteProbe probe(clock, trustingTestCa(), QUrl(u"https://localhost:%1"_s.arg(silent.serverPort())));
  auto task = probe.shakeHands({});
  test::waitUntil([&] { return silent.hasPendingConnections(); });

  clock.advance(10s);

  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Timeout);
}

TEST(RouteProbe, Stops) {
  test::ManualClock clock;
  QTcpServer silent;
  silent.listen(QHostAddress::LocalHost);
  const RouteProbe probe(clock, trustingTestCa(), QUrl(u"https://localhost:%1"_s.arg(silent.serverPort())));
  std::stop_source stop;
  auto task = probe.shakeHands(stop.get_token());

  stop.request_stop();

  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Cancelled);
}

TEST(RouteProbe, KnowsWhenAProxyLooksUpTheName) {
  test::ManualClock clock;
  test::FakeProxy proxy;
  TlsPolicy policy = trustingTestCa();
  policy.proxy = *parseProxy(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort()));
  const FakeHttpServer server(test::always(""), TestCertificates::instance().server());
  proxy.lead("api.gxcoin.money:443", server.serverPort());

  const RouteProbe outside(clock, policy, QUrl(u"https://api.gxcoin.money"_s));
  EXPECT_TRUE(outside.isProxied());
  EXPECT_TRUE(test::await(outside.reach({})));
  EXPECT_TRUE(test::await(outside.shakeHands({})));
  EXPECT_FALSE(RouteProbe(clock, policy, QUrl(u"http://127.0.0.1:3007"_s)).isProxied());
}

}  // namespace gx::net
