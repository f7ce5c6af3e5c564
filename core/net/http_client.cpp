// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/http_client.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>

#include "core/net/http_exchange.h"

namespace gx::net {

namespace {

class PolicyProxies final : public QNetworkProxyFactory {
 public:
  explicit PolicyProxies(ProxySettings settings) : m_settings(std::move(settings)) {}
  QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override {
    return {proxyFor(m_settings, query.url())};
  }

 private:
  ProxySettings m_settings;
};

Error wasShutDown() {
  return {ErrorKind::Cancelled, "the client was shut down"};
}

}  // namespace

// Everything of Qt Network: one access for the policy of now.
class HttpClient::Network final {
 public:
  explicit Network(const TlsPolicy &policy) : m_tls(tlsConfiguration(policy)) { renew(policy.proxy); }

  void renew(const ProxySettings &proxy) {
    m_access = std::make_shared<QNetworkAccessManager>();
    m_access->setProxyFactory(new PolicyProxies(proxy));  // the access owns it
    m_access->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_access->setStrictTransportSecurityEnabled(false);
    m_access->setAutoDeleteReplies(false);
  }

  Result<std::unique_ptr<HttpExchange>> start(const HttpRequest &request, const TlsPolicy &policy) {
    if (!m_tls) return fail(m_tls.error());
    const QNetworkRequest wanted = translated(request);
    QNetworkReply *reply = request.method == "GET" ? m_access->get(wanted)
                                                   : m_access->sendCustomRequest(wanted, request.method, request.body);
    return std::make_unique<HttpExchange>(m_access, reply, policy, request.maxResponse);
  }

 private:
  [[nodiscard]] QNetworkRequest translated(const HttpRequest &request) const {
    QNetworkRequest wanted(request.url);
    wanted.setSslConfiguration(*m_tls);
    wanted.setTransferTimeout(static_cast<int>(request.timeout.count()));
    wanted.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wanted.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wanted.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wanted.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    wanted.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wanted.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wanted.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // Named by hand, so that Qt unpacks nothing whatever comes.
    wanted.setRawHeader("Accept-Encoding", "identity");
    wanted.setRawHeader("User-Agent", "gx/" GX_VERSION);
    for (const auto &[name, value] : request.headers) wanted.setRawHeader(name, value);
    return wanted;
  }

  Result<QSslConfiguration> m_tls;
  std::shared_ptr<QNetworkAccessManager> m_access;
};

HttpClient::HttpClient(Clock &clock, TlsPolicy policy)
    : m_clock(clock), m_policy(std::move(policy)), m_network(std::make_unique<Network>(m_policy)) {}

HttpClient::~HttpClient() = default;

Async<HttpResponse> HttpClient::send(HttpRequest request, std::stop_token stop) {
  return m_scope.track(run(std::move(request), std::move(stop)));
}

Async<HttpResponse> HttpClient::run(HttpRequest request, std::stop_token stop) {
  if (m_stop.stop_requested()) co_return fail(wasShutDown());
  if (stop.stop_requested()) co_return fail(ErrorKind::Cancelled, "stopped before the request left");
  auto started = m_network->start(request, m_policy);
  if (!started) co_return fail(started.error());
  const std::unique_ptr<HttpExchange> exchange = std::move(*started);
  HttpExchange *const running = exchange.get();
  m_clock.callAfter(request.timeout, running, [running] { running->giveUp(routeError(RouteFailure::Timeout)); });
  const std::stop_callback onStop(stop, [running] { running->giveUp({ErrorKind::Cancelled, "stopped"}); });
  const std::stop_callback onShutdown(m_stop.get_token(), [running] { running->giveUp(wasShutDown()); });
  Result<HttpResponse> response = co_await running->outcome();
  co_return response;
}

void HttpClient::usePolicy(TlsPolicy policy) {
  m_policy = std::move(policy);
  m_network = std::make_unique<Network>(m_policy);
}

void HttpClient::dropConnections() {
  m_network->renew(m_policy.proxy);
}

QCoro::Task<> HttpClient::shutdown() {
  m_stop.request_stop();
  co_await m_scope.drained();
}

}  // namespace gx::net
