// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <vector>

#include "server/net/http_server.h"
#include "server/net/listener.h"

namespace gx::test {

// A server on a free port of the loopback interface, in this thread, with a handler made of functions.
class LocalServer final : public server::net::HttpHandler {
 public:
  explicit LocalServer(server::net::NetLimits limits = server::net::NetLimits::withoutAdmission(),
                       server::net::TlsContext *tls = nullptr)
      : m_loop(m_clock), m_http(m_loop, limits), m_listener(m_http, tls) {
    const auto listening = m_listener.listen({"127.0.0.1", 0});
    EXPECT_TRUE(listening.has_value());
    m_http.mount("/", *this);
  }

  // What the tests set.
  std::function<server::net::BodyPlan(const server::net::HttpRequest &)> plan;
  std::function<void(server::net::HttpRequest, server::net::ResponseToken)> serve;
  std::function<void(server::net::ResponseToken, QByteArrayView)> piece;
  std::function<void(server::net::ResponseToken, bool)> bodyEnd;
  std::vector<server::net::HttpRequest> requests;  // all that were served by default

  [[nodiscard]] quint16 port() const { return m_listener.address().port; }
  [[nodiscard]] server::net::HttpServer &http() { return m_http; }
  [[nodiscard]] server::net::EventLoop &loop() { return m_loop; }
  [[nodiscard]] server::net::Listener &listener() { return m_listener; }

  server::net::BodyPlan planBody(const server::net::HttpRequest &request) override {
    return plan ? plan(request) : server::net::BodyPlan();
  }
  void handle(server::net::HttpRequest request, server::net::ResponseToken token) override {
    if (serve) return serve(std::move(request), token);
    requests.push_back(request);
    token.send(server::net::HttpResponse::text(200, request.path + "|" + request.query + "|" + request.body));
  }
  void bodyArrived(server::net::ResponseToken token, QByteArrayView bytes) override {
    if (piece) piece(token, bytes);
  }
  void bodyEnded(server::net::ResponseToken token, bool whole) override {
    if (bodyEnd) bodyEnd(token, whole);
  }

 private:
  SystemClock m_clock;
  server::net::EventLoop m_loop;
  server::net::HttpServer m_http;
  server::net::Listener m_listener;
};

}  // namespace gx::test
