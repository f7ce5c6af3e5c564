// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/network_setup.h"

#include <QCryptographicHash>
#include <QNetworkProxyFactory>
#include <QSslCertificate>
#include <QSslKey>
#include <algorithm>

#include "core/base/bytes.h"
#include "core/net/relay_address.h"

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

QList<QSslCertificate> extraCas(const TlsPolicy &policy) {
  return QSslCertificate::fromData(policy.extraCaPem, QSsl::Pem);
}

// Reading them all takes most of a second; they do not change while we run.
const QList<QSslCertificate> &systemCas() {
  static const QList<QSslCertificate> cas = QSslConfiguration::systemCaCertificates();
  return cas;
}

bool isSignedByOneOf(const QList<QSslCertificate> &chain, const QList<QSslCertificate> &cas) {
  if (chain.isEmpty()) return false;
  const QSslCertificate &last = chain.last();
  return std::any_of(cas.begin(), cas.end(), [&](const QSslCertificate &ca) {
    return ca == last || ca.subjectInfo(QSslCertificate::CommonName) == last.issuerInfo(QSslCertificate::CommonName);
  });
}

// 0 = gravest.
int gravity(QSslError::SslError error) {
  switch (error) {
    case QSslError::HostNameMismatch:
      return 1;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
      return 2;
    default:
      return 0;
  }
}

QNetworkProxy explicitProxy(const ProxySettings &settings) {
  const bool isHttp = settings.kind == ProxySettings::Kind::HttpConnect;
  return QNetworkProxy(isHttp ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, settings.host, settings.port,
                       settings.user, settings.password);
}

}  // namespace

Result<QSslConfiguration> tlsConfiguration(const TlsPolicy &policy) {
  QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
  configuration.setProtocol(QSsl::TlsV1_2OrLater);
  configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
  if (policy.extraCaPem.isEmpty()) {
    if (policy.onlyExtraCa) return fail(ErrorKind::Invalid, "only the own CA counts, and there is none", "bad_policy");
    return configuration;
  }
  const QList<QSslCertificate> own = extraCas(policy);
  if (own.isEmpty()) return fail(ErrorKind::Invalid, "no certificate in the extra CAs", "bad_policy");
  // Setting them all by hand also keeps Qt from loading system CAs on demand (CVE-2023-34410).
  configuration.setCaCertificates(policy.onlyExtraCa ? own : systemCas() + own);
  return configuration;
}

QNetworkProxy proxyFor(const ProxySettings &settings, const QUrl &url) {
  if (settings.kind == ProxySettings::Kind::None || isLoopbackHost(url.host()))
    return QNetworkProxy(QNetworkProxy::NoProxy);
  if (settings.kind != ProxySettings::Kind::System) return explicitProxy(settings);
  const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
  const auto usable = std::find_if(proxies.begin(), proxies.end(), [](const QNetworkProxy &proxy) {
    return proxy.type() != QNetworkProxy::DefaultProxy && proxy.type() != QNetworkProxy::FtpCachingProxy;
  });
  if (usable == proxies.end()) return QNetworkProxy(QNetworkProxy::NoProxy);
  QNetworkProxy proxy = *usable;
  if (proxy.type() == QNetworkProxy::HttpCachingProxy) proxy.setType(QNetworkProxy::HttpProxy);
  return proxy;
}

std::optional<Error> pinError(const TlsPolicy &policy, const QSslConfiguration &connection) {
  if (policy.onlyExtraCa && !isSignedByOneOf(connection.peerCertificateChain(), extraCas(policy)))
    return Error{ErrorKind::Untrusted, "the chain does not end in the own CA", kTlsPinBroken};
  if (policy.publicKeyPins.isEmpty()) return std::nullopt;
  const QByteArray key = connection.peerCertificate().publicKey().toDer();
  if (!key.isEmpty() && policy.publicKeyPins.contains(sha256(key))) return std::nullopt;
  return Error{ErrorKind::Untrusted, "the certificate's key is not the pinned one", kTlsPinBroken};
}

Error tlsError(const QList<QSslError> &errors) {
  if (errors.isEmpty()) return Error{ErrorKind::Network, "the TLS handshake failed", kTlsFailed};
  const auto gravest = std::min_element(errors.begin(), errors.end(), [](const QSslError &a, const QSslError &b) {
    return gravity(a.error()) < gravity(b.error());
  });
  switch (gravity(gravest->error())) {
    case 1:
      return Error{ErrorKind::Untrusted, "the certificate is for another host", kTlsWrongName};
    case 2:
      return Error{ErrorKind::Untrusted, "the certificate is expired or not valid yet", kTlsExpired};
    default:
      return Error{ErrorKind::Untrusted, "no trusted CA, error " + QByteArray::number(gravest->error()), kTlsUntrusted};
  }
}

RouteFailure routeFailure(QAbstractSocket::SocketError error, const QNetworkProxy &way) {
  switch (error) {
    case QAbstractSocket::HostNotFoundError:
      return RouteFailure::HostNotFound;
    case QAbstractSocket::ConnectionRefusedError:
      return RouteFailure::Refused;
    case QAbstractSocket::RemoteHostClosedError:
      return RouteFailure::Cut;
    case QAbstractSocket::SocketTimeoutError:
      return RouteFailure::Timeout;
    case QAbstractSocket::SslHandshakeFailedError:
      return RouteFailure::Tls;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
      return RouteFailure::ProxyLogin;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
      return RouteFailure::Proxy;
    default:
      return way.type() == QNetworkProxy::NoProxy ? RouteFailure::Other : RouteFailure::Proxy;
  }
}

Error routeError(RouteFailure failure, const QList<QSslError> &tlsErrors) {
  switch (failure) {
    case RouteFailure::HostNotFound:
      return Error{ErrorKind::Network, "the host name is not known", "host_not_found"};
    case RouteFailure::Refused:
      return Error{ErrorKind::Network, "nobody answers at this port", "connection_refused"};
    case RouteFailure::Cut:
      return Error{ErrorKind::Network, "the connection was cut", "connection_cut"};
    case RouteFailure::Timeout:
      return Error{ErrorKind::Timeout, "no answer in time", "no_answer"};
    case RouteFailure::Proxy:
      return Error{ErrorKind::Network, "the proxy does not let us through", "proxy_failed"};
    case RouteFailure::ProxyLogin:
      return Error{ErrorKind::Network, "the proxy refuses the login", "proxy_login_refused"};
    case RouteFailure::Tls:
      return tlsError(tlsErrors);
    case RouteFailure::Other:
      break;
  }
  return Error{ErrorKind::Network, "the network failed", "network_failed"};
}

}  // namespace gx::net
