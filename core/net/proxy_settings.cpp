// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/proxy_settings.h"

#include <QUrl>

namespace gx::net {

using namespace Qt::StringLiterals;

Result<ProxySettings> parseProxy(const QString &text) {
  ProxySettings proxy;
  if (text == "system"_L1) return proxy;
  if (text == "none"_L1) {
    proxy.kind = ProxySettings::Kind::None;
    return proxy;
  }
  const QUrl url(text, QUrl::StrictMode);
  const bool isHttp = url.scheme() == "http"_L1;
  if (!url.isValid() || url.host().isEmpty() || (!isHttp && url.scheme() != "socks5"_L1))
    return fail(ErrorKind::Invalid, "a proxy is system, none, http://host:port or socks5://host:port", "bad_proxy");
  if ((!url.path().isEmpty() && url.path() != "/"_L1) || url.hasQuery() || url.hasFragment())
    return fail(ErrorKind::Invalid, "a proxy has no path", "bad_proxy");
  proxy.kind = isHttp ? ProxySettings::Kind::HttpConnect : ProxySettings::Kind::Socks5;
  proxy.host = url.host();
  proxy.port = static_cast<quint16>(url.port(isHttp ? 3128 : 1080));
  proxy.user = url.userName(QUrl::FullyDecoded);
  proxy.password = url.password(QUrl::FullyDecoded);
  return proxy;
}

QString describe(const ProxySettings &proxy) {
  if (proxy.kind == ProxySettings::Kind::System) return u"system"_s;
  if (proxy.kind == ProxySettings::Kind::None) return u"none"_s;
  QUrl url;
  url.setScheme(proxy.kind == ProxySettings::Kind::HttpConnect ? u"http"_s : u"socks5"_s);
  url.setHost(proxy.host);
  url.setPort(proxy.port);
  url.setUserName(proxy.user);
  return url.toString(QUrl::FullyEncoded);
}

}  // namespace gx::net
