// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/pause.h"
#include "server/config/config.h"
#include "server/gateway/gateway.h"
#include "server/http/operations_page.h"
#include "server/http/rest_api.h"
#include "server/net/listener.h"
#include "server/net/tls_context.h"
#include "server/realtime/socketio_server.h"

namespace gx::server {

// Everything with a socket: REST and realtime on one port, operations on the other. Lives in the main thread, which is
// the only network worker.
class RelayNetwork final {
 public:
  struct Parts {
    Clock &clock;
    Random &random;
    http::RestServices rest;
    gateway::GatewayServices gateway;
    services::Health &health;
  };
  RelayNetwork(const config::Config &config, Parts parts);
  ~RelayNetwork();
  RelayNetwork(const RelayNetwork &) = delete;
  RelayNetwork &operator=(const RelayNetwork &) = delete;

  [[nodiscard]] Result<> listen();
  // "127.0.0.1:40123", the port filled in.
  [[nodiscard]] QByteArray apiAddress() const { return m_apiListener->address().toText(); }
  [[nodiscard]] QByteArray opsAddress() const { return m_opsListener.address().toText(); }
  [[nodiscard]] http::OperationsPage &operations() { return m_operations; }

  [[nodiscard]] bool isServing() const { return m_apiListener != nullptr; }
  // No new connections; tells clients that the relay restarts; ends when what was asked before is answered and all are
  // gone.
  [[nodiscard]] QCoro::Task<> drain();

 private:
  [[nodiscard]] Result<> loadTls();
  void writeMetrics(http::MetricsText &out) const;

  config::Config m_config;
  net::EventLoop m_loop;
  http::RestApi m_rest;
  http::OperationsPage m_operations;
  net::HttpServer m_api;
  net::HttpServer m_ops;
  std::unique_ptr<net::TlsContext> m_tls;
  std::unique_ptr<net::Listener> m_apiListener;
  net::Listener m_opsListener;
  std::unique_ptr<realtime::SocketIoServer> m_sockets;
  std::unique_ptr<gateway::Gateway> m_gateway;
  Pause m_pause;
};

// Whether certificate and key can be served.
[[nodiscard]] Result<> checkCertificate(const QString &certificate, const QString &key);

}  // namespace gx::server
