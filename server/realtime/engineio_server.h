// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <unordered_map>

#include "core/base/random.h"
#include "server/net/event_loop.h"
#include "server/net/http_server.h"
#include "server/realtime/engineio_listener.h"
#include "server/realtime/engineio_options.h"
#include "server/realtime/engineio_session.h"

namespace gx::server::realtime {

class PollingEndpoint;

// Engine.IO v4: sessions by sid; both transports end here. Lives in its worker's thread.
class EngineIoServer final : private net::WebSocketAcceptor {
 public:
  // Mounts itself at options.path.
  EngineIoServer(net::HttpServer &http, Random &random, EngineIoOptions options, EngineIoListener &listener);
  ~EngineIoServer() override;
  EngineIoServer(const EngineIoServer &) = delete;
  EngineIoServer &operator=(const EngineIoServer &) = delete;

  [[nodiscard]] qsizetype sessionCount() const { return static_cast<qsizetype>(m_sessions.size()); }
  void closeAll(quint16 closeCode);

  // Of sessions and endpoints.
  [[nodiscard]] EngineIoSession *find(QByteArrayView sid) const;
  [[nodiscard]] EngineIoSession &create(const net::PeerAddress &peer, bool secure);
  // Frees the session at the end of the turn, after telling the listener.
  void bury(EngineIoSession &session);
  [[nodiscard]] bool isAllowedOrigin(QByteArrayView origin) const;
  [[nodiscard]] const EngineIoOptions &options() const { return m_options; }
  [[nodiscard]] EngineIoListener &listener() { return m_listener; }
  [[nodiscard]] net::EventLoop &loop() { return m_http.loop(); }

 private:
  Decision accept(const net::HttpRequest &request) override;

  net::HttpServer &m_http;
  Random &m_random;
  EngineIoOptions m_options;
  EngineIoListener &m_listener;
  std::unique_ptr<PollingEndpoint> m_polling;
  std::unordered_map<QByteArray, std::unique_ptr<EngineIoSession>> m_sessions;
};

}  // namespace gx::server::realtime
