// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/relay_address.h"

#include <QHostAddress>

#include "core/wire/routes.h"

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

QString withScheme(const QString &text) {
  const QString trimmed = text.trimmed();
  if (trimmed.contains("://"_L1)) return trimmed;
  const QUrl guess(u"https://"_s + trimmed);
  return (isLoopbackHost(guess.host()) ? u"http://"_s : u"https://"_s) + trimmed;
}

Result<QUrl> baseUrl(const QString &text) {
  if (text.trimmed().isEmpty()) return fail(ErrorKind::Invalid, "empty address", "bad_address");
  QUrl url(withScheme(text), QUrl::StrictMode);
  if (!url.isValid() || url.host().isEmpty()) return fail(ErrorKind::Invalid, "not an address", "bad_address");
  if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
    return fail(ErrorKind::Invalid, "neither https nor http", "bad_address");
  if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
    return fail(ErrorKind::Invalid, "user name, query or fragment in an address", "bad_address");
  if (url.scheme() == "http"_L1 && !isLoopbackHost(url.host()))
    return fail(ErrorKind::Invalid, "http to another machine", "insecure_address");
  QString path = url.path();
  while (path.endsWith(u'/')) path.chop(1);
  url.setPath(path);
  return url;
}

QUrl under(const QUrl &base, const QByteArray &path) {
  return QUrl::fromEncoded(base.toEncoded() + path, QUrl::StrictMode);
}

}  // namespace

bool isLoopbackHost(const QString &host) {
  if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0) return true;
  const QHostAddress address(host);
  return !address.isNull() && address.isLoopback();
}

Result<RelayAddress> RelayAddress::parse(const QString &api, const QString &socket, const QString &wallet) {
  const auto apiUrl = baseUrl(api);
  if (!apiUrl) return fail(apiUrl.error());
  const auto socketUrl = socket.isEmpty() ? apiUrl : baseUrl(socket);
  if (!socketUrl) return fail(socketUrl.error());
  const auto walletUrl = wallet.isEmpty() ? apiUrl : baseUrl(wallet);
  if (!walletUrl) return fail(walletUrl.error());
  RelayAddress address;
  address.m_api = *apiUrl;
  address.m_socket = *socketUrl;
  address.m_wallet = *walletUrl;
  return address;
}

QUrl RelayAddress::rest(const QByteArray &path) const {
  return under(m_api, wire::routes::kApiPrefix + path);
}

QUrl RelayAddress::realtime() const {
  return under(m_socket, wire::routes::kSocketPath);
}

QString RelayAddress::text() const {
  return m_api.toString();
}

}  // namespace gx::net
