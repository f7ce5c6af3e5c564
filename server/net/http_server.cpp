// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_server.h"

#include <algorithm>

#include "server/net/framing_rules.h"
#include "server/net/http_session.h"

namespace gx::server::net {

HttpServer::HttpServer(EventLoop &loop, NetLimits limits, Admission *shared)
    : m_loop(loop),
      m_limits(limits),
      m_ownAdmission(shared ? nullptr : std::make_unique<Admission>(limits)),
      m_admission(shared ? *shared : *m_ownAdmission),
      m_connections(loop, m_limits, &m_admission) {}

HttpServer::~HttpServer() = default;

void HttpServer::mount(QByteArray prefix, HttpHandler &handler) {
  const auto shorter = std::find_if(m_handlers.begin(), m_handlers.end(),
                                    [&](const auto &entry) { return entry.first.size() < prefix.size(); });
  m_handlers.insert(shorter, {std::move(prefix), &handler});
}

void HttpServer::mountWebSocket(QByteArray path, WebSocketAcceptor &acceptor) {
  if (path.size() > 1 && path.endsWith('/')) path.chop(1);
  m_acceptors.emplace_back(std::move(path), &acceptor);
}

void HttpServer::unmount(const HttpHandler &handler) {
  std::erase_if(m_handlers, [&handler](const auto &entry) { return entry.second == &handler; });
}

void HttpServer::unmountWebSocket(const WebSocketAcceptor &acceptor) {
  std::erase_if(m_acceptors, [&acceptor](const auto &entry) { return entry.second == &acceptor; });
}

HttpHandler *HttpServer::handlerOf(QByteArrayView path) const {
  for (const auto &[prefix, handler] : m_handlers) {
    if (path.startsWith(prefix)) return handler;
    if (prefix.endsWith('/') && path == QByteArrayView(prefix).chopped(1)) return handler;
  }
  return nullptr;
}

WebSocketAcceptor *HttpServer::acceptorOf(QByteArrayView path) const {
  if (path.size() > 1 && path.endsWith('/')) path.chop(1);
  for (const auto &[mounted, acceptor] : m_acceptors)
    if (path == mounted) return acceptor;
  return nullptr;
}

bool HttpServer::isAllowedHost(const HttpRequest &request) const {
  if (m_allowedHosts.empty()) return true;
  const std::optional<QByteArray> name = hostName(request.headers.value("host"));
  return name && std::find(m_allowedHosts.begin(), m_allowedHosts.end(), *name) != m_allowedHosts.end();
}

void HttpServer::setTrustedProxies(TrustedProxies proxies) {
  m_admission.setProxies(proxies);
  m_proxies = std::move(proxies);
}

HttpResponse HttpServer::problem(const HttpFault &fault) const {
  if (m_problemMaker) return m_problemMaker(fault.status, fault.code, fault.message);
  return HttpResponse::problem(fault.status, fault.code, fault.message);
}

void HttpServer::take(int descriptor, const PeerAddress &peer, std::unique_ptr<TlsStream> tls) {
  Connection &connection = m_connections.add(descriptor, peer);
  connection.start(std::make_unique<HttpSession>(*this, connection), std::move(tls));
}

void HttpServer::drain() {
  m_draining = true;
  m_connections.forEach([](Connection &connection) {
    if (HttpSession *session = connection.user()->asHttp()) session->drain();
  });
}

}  // namespace gx::server::net
