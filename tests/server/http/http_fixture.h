// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "server/net/event_loop.h"
#include "server/net/http_server.h"
#include "server/net/listener.h"
#include "tests/support/raw_http.h"

namespace gx::server::http {

// A handler behind a real socket, in the test's thread.
class ServedHandler final {
 public:
  explicit ServedHandler(net::HttpHandler &handler)
      : m_loop(m_clock), m_server(m_loop, net::NetLimits()), m_listener(m_server) {
    m_server.mount("/", handler);
    const auto listening = m_listener.listen({"127.0.0.1", 0});
    if (!listening) ADD_FAILURE() << describe(listening.error()).constData();
  }
  [[nodiscard]] quint16 port() const { return m_listener.address().port; }
  [[nodiscard]] net::HttpServer &server() { return m_server; }

 private:
  SystemClock m_clock;
  net::EventLoop m_loop;
  net::HttpServer m_server;
  net::Listener m_listener;
};

// A request as the network layer hands it over.
[[nodiscard]] inline net::HttpRequest requestOf(const QByteArray &path,
                                                const std::vector<net::HttpHeaderLine> &headers = {},
                                                const QByteArray &query = {}) {
  net::HttpRequest request;
  request.path = path;
  request.query = query;
  for (const auto &header : headers) request.headers.append(header.name, header.value);
  return request;
}

}  // namespace gx::server::http
