// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/net/http_server.h"
#include "server/realtime/poll_reply.h"

namespace gx::server::realtime {

class EngineIoServer;

// Engine.IO over HTTP: GET opens a session or waits for packets, POST brings them, OPTIONS asks for web pages of other
// origins.
class PollingEndpoint final : public net::HttpHandler {
 public:
  explicit PollingEndpoint(EngineIoServer &server) : m_server(server) {}

  [[nodiscard]] net::BodyPlan planBody(const net::HttpRequest &request) override;
  void handle(net::HttpRequest request, net::ResponseToken token) override;

 private:
  void open(const net::HttpRequest &request, const PollReply &reply);
  void serve(const net::HttpRequest &request, const PollReply &reply);
  void serveEnded(const net::HttpRequest &request, const PollReply &reply);

  EngineIoServer &m_server;
};

}  // namespace gx::server::realtime
