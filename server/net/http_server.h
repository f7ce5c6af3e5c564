// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "server/net/admission.h"
#include "server/net/connection_table.h"
#include "server/net/event_loop.h"
#include "server/net/head_scanner.h"
#include "server/net/http_exchange.h"
#include "server/net/net_limits.h"
#include "server/net/response_token.h"
#include "server/net/tls_stream.h"
#include "server/net/trusted_proxies.h"
#include "server/net/websocket_listener.h"

namespace gx::server::net {

// What a handler says once it knows the head of a request, before any of the body is read.
struct BodyPlan {
  qint64 maxBytes = -1;  // -1: NetLimits::body
  bool streamed = false;
  std::optional<HttpResponse> refusal{};  // answers at once instead; the body is not read
};

// Serves the requests below one path. Called in the worker's thread; answers now or later, through the token.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  [[nodiscard]] virtual BodyPlan planBody(const HttpRequest &) { return {}; }
  // With the whole body, or for a streamed one before its first piece.
  virtual void handle(HttpRequest request, ResponseToken token) = 0;
  virtual void bodyArrived(ResponseToken, QByteArrayView) {}
  // `whole` is false when the client left or broke the rules; then nothing can be answered.
  virtual void bodyEnded(ResponseToken, bool whole) { Q_UNUSED(whole) }
};

// HTTP/1.1 and web sockets of one worker: its connections, and who serves which path. Longest mounted prefix wins.
class HttpServer final {
 public:
  // Several workers share one Admission; without it this one has its own.
  HttpServer(EventLoop &loop, NetLimits limits, Admission *shared = nullptr);
  ~HttpServer();
  HttpServer(const HttpServer &) = delete;
  HttpServer &operator=(const HttpServer &) = delete;

  // `prefix` "/" takes what nobody else does. The handler must outlive this object.
  void mount(QByteArray prefix, HttpHandler &handler);
  // Upgrade requests with exactly this path (a final '/' is optional).
  void mountWebSocket(QByteArray path, WebSocketAcceptor &acceptor);
  void unmount(const HttpHandler &handler);
  void unmountWebSocket(const WebSocketAcceptor &acceptor);
  // Makes the answers to requests that no handler sees, from status, code and words for developers.
  using ProblemMaker = std::function<HttpResponse(int status, QByteArrayView code, QByteArrayView message)>;
  void setProblemMaker(ProblemMaker maker) { m_problemMaker = std::move(maker); }
  // Host names (without port, lower case) requests may name; empty: any that is well formed.
  void setAllowedHosts(std::vector<QByteArray> hosts) { m_allowedHosts = std::move(hosts); }

  // Whose X-Forwarded-For is believed. Before the first connection.
  void setTrustedProxies(TrustedProxies proxies);
  // No further requests on kept connections: each is closed after its answer. For draining; listeners are closed by
  // their owner.
  void drain();
  [[nodiscard]] qsizetype connectionCount() const { return m_connections.count(); }

  [[nodiscard]] EventLoop &loop() { return m_loop; }
  [[nodiscard]] ConnectionTable &connections() { return m_connections; }
  [[nodiscard]] Admission &admission() { return m_admission; }
  [[nodiscard]] const NetLimits &limits() const { return m_limits; }

  // Of Listener: a connected, non-blocking socket that admission has counted. In the worker's thread.
  void take(int descriptor, const PeerAddress &peer, std::unique_ptr<TlsStream> tls);

  // Of HttpSession.
  [[nodiscard]] HttpHandler *handlerOf(QByteArrayView path) const;
  [[nodiscard]] WebSocketAcceptor *acceptorOf(QByteArrayView path) const;
  [[nodiscard]] const TrustedProxies &proxies() const { return m_proxies; }
  [[nodiscard]] bool isAllowedHost(const HttpRequest &request) const;
  [[nodiscard]] HttpResponse problem(const HttpFault &fault) const;
  [[nodiscard]] bool isDraining() const { return m_draining; }

 private:
  EventLoop &m_loop;
  NetLimits m_limits;
  std::unique_ptr<Admission> m_ownAdmission;
  Admission &m_admission;
  ProblemMaker m_problemMaker;
  std::vector<std::pair<QByteArray, HttpHandler *>> m_handlers;  // longest prefix first
  std::vector<std::pair<QByteArray, WebSocketAcceptor *>> m_acceptors;
  std::vector<QByteArray> m_allowedHosts;
  TrustedProxies m_proxies;
  bool m_draining = false;
  ConnectionTable m_connections;
};

}  // namespace gx::server::net
