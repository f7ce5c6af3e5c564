// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/network_setup.h"

#include <gtest/gtest.h>

#include <QSslCertificate>

#include "tests/support/test_certificates.h"

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

QSslError errorOf(QSslError::SslError error) {
  return QSslError(error);
}

}  // namespace

TEST(NetworkSetup, ChecksPeersAndAsksForTls12) {
  const auto configuration = tlsConfiguration({});

  ASSERT_TRUE(configuration);
  EXPECT_EQ(configuration->protocol(), QSsl::TlsV1_2OrLater);
  EXPECT_EQ(configuration->peerVerifyMode(), QSslSocket::VerifyPeer);
}

TEST(NetworkSetup, AddsAnExtraCaToTheSystemsOrTakesItAlone) {
  TlsPolicy policy;
  policy.extraCaPem = test::TestCertificates::instance().ca();
  const auto systems = QSslConfiguration::systemCaCertificates().size();

  EXPECT_EQ(tlsConfiguration(policy)->caCertificates().size(), systems + 1);
  policy.onlyExtraCa = true;
  EXPECT_EQ(tlsConfiguration(policy)->caCertificates().size(), 1);
}

TEST(NetworkSetup, RefusesAPolicyThatWouldTrustNobodyOrWords) {
  TlsPolicy policy;
  policy.onlyExtraCa = true;
  EXPECT_EQ(tlsConfiguration(policy).error().code, "bad_policy");
  policy.extraCaPem = "words";
  EXPECT_EQ(tlsConfiguration(policy).error().code, "bad_policy");
}

TEST(NetworkSetup, SendsLoopbackNeverThroughAProxy) {
  const auto proxy = *parseProxy(u"http://me:word@proxy.example:8080"_s);

  EXPECT_EQ(proxyFor(proxy, QUrl(u"http://127.0.0.1:3007/x"_s)).type(), QNetworkProxy::NoProxy);
  const QNetworkProxy outside = proxyFor(proxy, QUrl(u"https://relay.example/x"_s));
  EXPECT_EQ(outside.type(), QNetworkProxy::HttpProxy);
  EXPECT_EQ(outside.hostName(), u"proxy.example"_s);
  EXPECT_EQ(outside.port(), 8080);
  EXPECT_EQ(outside.user(), u"me"_s);
  EXPECT_EQ(proxyFor(*parseProxy(u"none"_s), QUrl(u"https://relay.example"_s)).type(), QNetworkProxy::NoProxy);
  EXPECT_EQ(proxyFor(*parseProxy(u"socks5://p.example"_s), QUrl(u"https://relay.example"_s)).type(),
            QNetworkProxy::Socks5Proxy);
}

TEST(NetworkSetup, TakesTheSystemsProxyFromTheEnvironment) {
  const QByteArray before = qgetenv("https_proxy");
  qputenv("https_proxy", "http://outside.example:3129");
  qputenv("http_proxy", "http://outside.example:3129");

  const QNetworkProxy proxy = proxyFor({}, QUrl(u"https://relay.example"_s));

  before.isEmpty() ? qunsetenv("https_proxy") : qputenv("https_proxy", before);
  qunsetenv("http_proxy");
  EXPECT_EQ(proxy.hostName(), u"outside.example"_s);
  EXPECT_EQ(proxy.type(), QNetworkProxy::HttpProxy);
}

TEST(NetworkSetup, NamesTheGravestErrorOfAHandshake) {
  EXPECT_EQ(tlsError({errorOf(QSslError::HostNameMismatch)}).code, kTlsWrongName);
  EXPECT_EQ(tlsError({errorOf(QSslError::CertificateExpired)}).code, kTlsExpired);
  EXPECT_EQ(tlsError({errorOf(QSslError::CertificateNotYetValid)}).code, kTlsExpired);
  EXPECT_EQ(tlsError({errorOf(QSslError::CertificateExpired), errorOf(QSslError::SelfSignedCertificate)}).code,
            kTlsUntrusted);
  EXPECT_EQ(tlsError({errorOf(QSslError::CertificateExpired)}).kind, ErrorKind::Untrusted);
  EXPECT_EQ(tlsError({}).code, kTlsFailed);
  EXPECT_EQ(tlsError({}).kind, ErrorKind::Network);
}

TEST(NetworkSetup, NamesEveryFailureBelowHttp) {
  EXPECT_EQ(routeError(RouteFailure::HostNotFound).code, "host_not_found");
  EXPECT_EQ(routeError(RouteFailure::Refused).code, "connection_refused");
  EXPECT_EQ(routeError(RouteFailure::Cut).code, "connection_cut");
  EXPECT_EQ(routeError(RouteFailure::Timeout).kind, ErrorKind::Timeout);
  EXPECT_EQ(routeError(RouteFailure::Proxy).code, "proxy_failed");
  EXPECT_EQ(routeError(RouteFailure::ProxyLogin).code, "proxy_login_refused");
  EXPECT_EQ(routeError(RouteFailure::Other).code, "network_failed");
  EXPECT_EQ(routeError(RouteFailure::Tls, {errorOf(QSslError::HostNameMismatch)}).code, kTlsWrongName);
}

TEST(NetworkSetup, KnowsWhatASocketsErrorMeans) {
  const QNetworkProxy none(QNetworkProxy::NoProxy);
  const QNetworkProxy socks(QNetworkProxy::Socks5Proxy, u"p.example"_s, 1080);
  const std::pair<QAbstractSocket::SocketError, RouteFailure> same[] = {
      {QAbstractSocket::HostNotFoundError, RouteFailure::HostNotFound},
      {QAbstractSocket::ConnectionRefusedError, RouteFailure::Refused},
      {QAbstractSocket::RemoteHostClosedError, RouteFailure::Cut},
      {QAbstractSocket::SocketTimeoutError, RouteFailure::Timeout},
      {QAbstractSocket::SslHandshakeFailedError, RouteFailure::Tls},
      {QAbstractSocket::ProxyAuthenticationRequiredError, RouteFailure::ProxyLogin},
      {QAbstractSocket::ProxyNotFoundError, RouteFailure::Proxy},
      {QAbstractSocket::ProxyConnectionClosedError, RouteFailure::Proxy}};
  for (const auto &[error, failure] : same) {
    EXPECT_EQ(routeFailure(error, none), failure) << error;
    EXPECT_EQ(routeFailure(error, socks), failure) << error;
  }

  EXPECT_EQ(routeFailure(QAbstractSocket::NetworkError, none), RouteFailure::Other);
  EXPECT_EQ(routeFailure(QAbstractSocket::NetworkError, socks), RouteFailure::Proxy);
}

TEST(NetworkSetup, FindsAPinBrokenWhereThereIsNoCertificate) {
  TlsPolicy policy;
  EXPECT_FALSE(pinError(policy, QSslConfiguration()));
  policy.publicKeyPins = {QByteArray(32, 'x')};
  EXPECT_EQ(pinError(policy, QSslConfiguration())->code, kTlsPinBroken);
  policy.publicKeyPins = {};
  policy.onlyExtraCa = true;
  policy.extraCaPem = test::TestCertificates::instance().ca();
  EXPECT_EQ(pinError(policy, QSslConfiguration())->code, kTlsPinBroken);
}

}  // namespace gx::net
