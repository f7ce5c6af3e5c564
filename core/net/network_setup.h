// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>
#include <optional>

#include "core/base/result.h"
#include "core/net/tls_policy.h"

// TlsPolicy in Qt's words, for http_client, websocket_transport and route_probe alone: the only header here that shows
// Qt Network.
namespace gx::net {

[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(const TlsPolicy &policy);

// The proxy for one address; NoProxy for loopback.
[[nodiscard]] QNetworkProxy proxyFor(const ProxySettings &settings, const QUrl &url);

// Why the other side of a finished handshake is not the one the policy names, if so. To be asked before anything is
// sent.
[[nodiscard]] std::optional<Error> pinError(const TlsPolicy &policy, const QSslConfiguration &connection);

// The gravest of the errors of a handshake; kTlsFailed for an empty list.
[[nodiscard]] Error tlsError(const QList<QSslError> &errors);

// Failures below HTTP, whatever noticed them.
enum class RouteFailure { HostNotFound, Refused, Cut, Timeout, Proxy, ProxyLogin, Tls, Other };
// Of a socket's error and of the proxy it went through. Qt has a number of its own for few of the things that happen at
// a proxy: what is not known there is its failure.
[[nodiscard]] RouteFailure routeFailure(QAbstractSocket::SocketError error, const QNetworkProxy &way);
[[nodiscard]] Error routeError(RouteFailure failure, const QList<QSslError> &tlsErrors = {});

}  // namespace gx::net
