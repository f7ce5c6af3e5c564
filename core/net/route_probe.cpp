// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/route_probe.h"

#include <QHostInfo>
#include <QSslCipher>
#include <QSslSocket>

#include "core/net/completion.h"
#include "core/net/network_setup.h"

namespace gx::net {

namespace {

using Outcome = Completion<Result<QByteArray>>;

// Queued throughout: the task that goes on deletes the socket, which must not be calling then.
void listen(QSslSocket *socket, QObject *context, Outcome *outcome) {
  const auto onError = [socket, outcome](QAbstractSocket::SocketError error) {
    outcome->finish(fail(routeError(routeFailure(error, socket->proxy()), socket->sslHandshakeErrors())));
  };
  QObject::connect(socket, &QAbstractSocket::errorOccurred, context, onError, Qt::QueuedConnection);
}

}  // namespace

RouteProbe::RouteProbe(Clock &clock, TlsPolicy policy, QUrl url)
    : m_clock(clock), m_policy(std::move(policy)), m_url(std::move(url)) {}

int RouteProbe::port() const {
  return m_url.port(m_url.scheme() == QLatin1StringView("https") ? 443 : 80);
}

bool RouteProbe::isProxied() const {
  return proxyFor(m_policy.proxy, m_url).type() != QNetworkProxy::NoProxy;
}

Async<QByteArray> RouteProbe::lookUp(std::stop_token stop) const {
  QObject context;
  Outcome outcome;
  Outcome *const awaited = &outcome;
  const auto onTime = [awaited] { awaited->finish(fail(routeError(RouteFailure::Timeout))); };
  const auto onStop = [awaited] { awaited->finish(fail(ErrorKind::Cancelled, "stopped")); };
  const auto onFound = [awaited](const QHostInfo &info) {
    if (info.addresses().isEmpty()) return awaited->finish(fail(routeError(RouteFailure::HostNotFound)));
    awaited->finish(QByteArray::number(info.addresses().size()) + " addresses");
  };
  m_clock.callAfter(kPatience, &context, onTime);
  const std::stop_callback stopping(stop, onStop);
  QHostInfo::lookupHost(m_url.host(), &context, onFound);
  const Result<QByteArray> done = co_await outcome;
  co_return done;
}

Async<QByteArray> RouteProbe::reach(std::stop_token stop, std::chrono::milliseconds patience) const {
  QObject context;
  Outcome outcome;
  Outcome *const awaited = &outcome;
  const auto onTime = [awaited] { awaited->finish(fail(routeError(RouteFailure::Timeout))); };
  const auto onStop = [awaited] { awaited->finish(fail(ErrorKind::Cancelled, "stopped")); };
  const auto onConnected = [awaited] { awaited->finish(QByteArray("connected")); };
  m_clock.callAfter(patience, &context, onTime);
  const std::stop_callback stopping(stop, onStop);
  QSslSocket socket;
  socket.setProxy(proxyFor(m_policy.proxy, m_url));
  listen(&socket, &context, awaited);
  QObject::connect(&socket, &QAbstractSocket::connected, &context, onConnected, Qt::QueuedConnection);
  socket.connectToHost(m_url.host(), static_cast<quint16>(port()));
  const Result<QByteArray> done = co_await outcome;
  co_return done;
}

Async<QByteArray> RouteProbe::shakeHands(std::stop_token stop) const {
  const auto tls = tlsConfiguration(m_policy);
  if (!tls) co_return fail(tls.error());
  QObject context;
  Outcome outcome;
  Outcome *const awaited = &outcome;
  const auto onTime = [awaited] { awaited->finish(fail(routeError(RouteFailure::Timeout))); };
  const auto onStop = [awaited] { awaited->finish(fail(ErrorKind::Cancelled, "stopped")); };
  m_clock.callAfter(kPatience, &context, onTime);
  const std::stop_callback stopping(stop, onStop);
  QSslSocket socket;
  socket.setProxy(proxyFor(m_policy.proxy, m_url));
  socket.setSslConfiguration(*tls);
  listen(&socket, &context, awaited);
  const auto onEncrypted = [this, awaited, &socket] {
    if (const auto error = pinError(m_policy, socket.sslConfiguration())) return awaited->finish(fail(*error));
    awaited->finish(socket.sessionCipher().protocolString().toLatin1());
  };
  QObject::connect(&socket, &QSslSocket::encrypted, &context, onEncrypted, Qt::QueuedConnection);
  socket.connectToHostEncrypted(m_url.host(), static_cast<quint16>(port()));
  const Result<QByteArray> done = co_await outcome;
  co_return done;
}

}  // namespace gx::net
