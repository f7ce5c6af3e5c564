// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "core/net/http_client.h"
#include "tests/core/net/fake_http_server.h"
#include "tests/core/net/test_policy.h"
#include "tests/support/await.h"
#include "tests/support/fake_proxy.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using test::FakeHttpServer;
using test::httpAnswer;
using test::TestCertificates;
using test::trustingTestCa;

namespace {

Result<HttpResponse> sendTo(const QUrl &url, const TlsPolicy &policy) {
  SystemClock clock;
  HttpClient http(clock, policy);
  HttpRequest request;
  request.url = url;
  const auto response = test::await(http.send(request));
  test::await(http.shutdown());
  return response;
}

Result<HttpResponse> ask(const FakeHttpServer &server, const TlsPolicy &policy) {
  return sendTo(QUrl(server.url(u"localhost"_s) + u"/x"_s), policy);
}

FakeHttpServer::Script saysHello() {
  return test::always(httpAnswer(200, "hello"));
}

}  // namespace

TEST(HttpClientTls, TrustsAnExtraCa) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());

  const auto response = ask(server, trustingTestCa());

  ASSERT_TRUE(response) << describe(response.error()).constData();
  EXPECT_EQ(response->body, "hello");
}

TEST(HttpClientTls, A23_RefusesACertificateThatNoCaStandsBehind) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  TlsPolicy policy;
  policy.proxy.kind = ProxySettings::Kind::None;

  const auto response = ask(server, policy);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(response.error().code, kTlsUntrusted);
  EXPECT_TRUE(server.requests().isEmpty());
}

TEST(HttpClientTls, A23_RefusesAnotherName) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().wrongName());

  const auto response = ask(server, trustingTestCa());

  EXPECT_EQ(response.error().code, kTlsWrongName);
  EXPECT_TRUE(server.requests().isEmpty());
}

TEST(HttpClientTls, A23_RefusesAnExpiredCertificate) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().expired());

  const auto response = ask(server, trustingTestCa());

  EXPECT_EQ(response.error().code, kTlsExpired);
  EXPECT_TRUE(server.requests().isEmpty());
}

TEST(HttpClientTls, TakesThePinnedKey) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  TlsPolicy policy = trustingTestCa();
  policy.publicKeyPins = {QByteArray(32, 'x'), TestCertificates::instance().serverKeyPin()};

  EXPECT_TRUE(ask(server, policy));
}

TEST(HttpClientTls, A23_SendsNothingToAnotherKeyThanThePinned) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  TlsPolicy policy = trustingTestCa();
  policy.publicKeyPins = {QByteArray(32, 'x')};

  const auto response = ask(server, policy);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, kTlsPinBroken);
  EXPECT_EQ(server.plainBytes(), 0);
}

TEST(HttpClientTls, A23_TakesTheOwnCaAloneWhereThatIsThePin) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  TlsPolicy policy = trustingTestCa();
  policy.onlyExtraCa = true;
  EXPECT_TRUE(ask(server, policy));

  policy.extraCaPem = TestCertificates::instance().otherCa();
  const auto response = ask(server, policy);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(HttpClientTls, RefusesOldTls) {
  QSslConfiguration old = TestCertificates::instance().server();
  QT_WARNING_PUSH
  QT_WARNING_DISABLE_DEPRECATED
  old.setProtocol(QSsl::TlsV1_1);
  QT_WARNING_POP
  const FakeHttpServer server(saysHello(), old);

  const auto response = ask(server, trustingTestCa());

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Network);
  EXPECT_EQ(response.error().code, kTlsFailed);
}

TEST(HttpClientTls, NamesAServerThatSpeaksNoTls) {
  QTcpServer server;
  server.listen(QHostAddress::LocalHost);
  QObject::connect(&server, &QTcpServer::newConnection, &server,
                   [&] { server.nextPendingConnection()->write(httpAnswer(400, "no TLS here")); });

  const auto response = sendTo(QUrl(u"https://localhost:%1/x"_s.arg(server.serverPort())), trustingTestCa());

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Network);
  EXPECT_EQ(response.error().code, kTlsFailed);
}

TEST(HttpClientTls, ReachesMainNetsNameThroughAProxyWithAllChecksOn) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  test::FakeProxy proxy;
  proxy.lead("api.gxcoin.money:443", server.serverPort());
  TlsPolicy policy = trustingTestCa();
  policy.proxy = *parseProxy(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort()));

  const auto response = sendTo(QUrl(u"https://api.gxcoin.money/api"_s), policy);

  ASSERT_TRUE(response) << describe(response.error()).constData();
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(proxy.asked(), QList<QByteArray>{"api.gxcoin.money:443"});
  EXPECT_EQ(sendTo(QUrl(u"https://other.example/"_s), policy).error().code, "proxy_failed");
}

TEST(HttpClientTls, TellsTheProxyWhoWeAre) {
  const FakeHttpServer server(saysHello(), TestCertificates::instance().server());
  test::FakeProxy proxy;
  proxy.requireLogin("me:word");
  proxy.lead("api.gxcoin.money:443", server.serverPort());
  TlsPolicy policy = trustingTestCa();
  policy.proxy = *parseProxy(u"http://me:word@127.0.0.1:%1"_s.arg(proxy.serverPort()));
  EXPECT_TRUE(sendTo(QUrl(u"https://api.gxcoin.money/api"_s), policy));

  policy.proxy.password = u"wrong"_s;
  EXPECT_EQ(sendTo(QUrl(u"https://api.gxcoin.money/api"_s), policy).error().code, "proxy_login_refused");
}

TEST(HttpClientTls, NamesAProxyThatIsNotThere) {
  TlsPolicy policy = trustingTestCa();
  {
    const test::FakeProxy closed;
    policy.proxy = *parseProxy(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
  }

  EXPECT_EQ(sendTo(QUrl(u"https://api.gxcoin.money/api"_s), policy).error().code, "proxy_failed");
}

}  // namespace gx::net
