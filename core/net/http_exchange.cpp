// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/http_exchange.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace gx::net {

namespace {

// Nothing at all below 100 is HTTP's; 200 and above are statuses in Qt's words.
constexpr int kFirstHttpError = 200;

RouteFailure failureOf(QNetworkReply::NetworkError error) {
  switch (error) {
    case QNetworkReply::HostNotFoundError:
      return RouteFailure::HostNotFound;
    case QNetworkReply::ConnectionRefusedError:
      return RouteFailure::Refused;
    case QNetworkReply::RemoteHostClosedError:
      return RouteFailure::Cut;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
      return RouteFailure::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
      return RouteFailure::Tls;
    case QNetworkReply::ProxyAuthenticationRequiredError:
      return RouteFailure::ProxyLogin;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
      return RouteFailure::Proxy;
    default:
      return RouteFailure::Other;
  }
}

}  // namespace

HttpExchange::HttpExchange(std::shared_ptr<QNetworkAccessManager> network, QNetworkReply *reply, TlsPolicy policy,
                           qsizetype maxResponse)
    : m_network(std::move(network)), m_reply(reply), m_policy(std::move(policy)), m_maxResponse(maxResponse) {
  connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
  connect(m_reply, &QNetworkReply::encrypted, this, &HttpExchange::checkPeer);
  connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::checkLength);
  connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::takeBytes);
  // Queued: whoever waits goes on outside of Qt's call stack, and may delete everything.
  connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::finish, Qt::QueuedConnection);
}

HttpExchange::~HttpExchange() {
  m_reply->disconnect(this);
  abort();
  m_reply->deleteLater();
}

void HttpExchange::giveUp(const Error &reason) {
  if (m_givenUp) return;
  m_givenUp = reason;
  abort();
}

// After an error finished() follows by itself, and Qt complains about an abort between the two.
void HttpExchange::abort() {
  if (m_reply->error() == QNetworkReply::NoError) m_reply->abort();
}

void HttpExchange::checkPeer() {
  if (const auto error = pinError(m_policy, m_reply->sslConfiguration())) giveUp(*error);
}

void HttpExchange::checkLength() {
  const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
  if (length > m_maxResponse)
    giveUp({ErrorKind::TooLarge, "the answer announces too many bytes", "response_too_large"});
}

void HttpExchange::takeBytes() {
  if (m_givenUp) return;
  const QByteArray bytes = m_reply->read(m_maxResponse - m_body.size() + 1);
  m_body += bytes;
  if (m_body.size() > m_maxResponse) giveUp({ErrorKind::TooLarge, "the answer is too long", "response_too_large"});
}

void HttpExchange::finish() {
  takeBytes();
  if (const auto error = m_givenUp ? m_givenUp : failure()) return m_outcome.finish(fail(*error));
  m_outcome.finish(response());
}

// Qt has a number of its own for few of the things that happen at a proxy; the rest is "unknown".
RouteFailure HttpExchange::route(QNetworkReply::NetworkError error) const {
  const bool isProxied = proxyFor(m_policy.proxy, m_reply->url()).type() != QNetworkProxy::NoProxy;
  const RouteFailure failure = failureOf(error);
  return failure == RouteFailure::Other && isProxied ? RouteFailure::Proxy : failure;
}

std::optional<Error> HttpExchange::failure() const {
  const auto error = m_reply->error();
  const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  const bool isHttpError = error >= kFirstHttpError && status >= 400;
  if (error != QNetworkReply::NoError && !isHttpError) return routeError(route(error), m_tlsErrors);
  if (status == 0) return routeError(RouteFailure::Cut);
  const QByteArray announced = m_reply->rawHeader("Content-Length");
  const bool hasBody = status != 204 && status != 304 && m_reply->operation() != QNetworkAccessManager::HeadOperation;
  if (hasBody && !announced.isEmpty() && announced.toLongLong() != m_body.size()) return routeError(RouteFailure::Cut);
  return std::nullopt;
}

HttpResponse HttpExchange::response() const {
  HttpResponse response;
  response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  for (const auto &[name, value] : m_reply->rawHeaderPairs()) response.headers.append({name, value});
  response.body = m_body;
  return response;
}

}  // namespace gx::net
