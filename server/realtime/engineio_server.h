// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHashFunctions>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/base/random.h"
#include "server/net/event_loop.h"
#include "server/net/http_server.h"
#include "server/realtime/engineio_listener.h"
#include "server/realtime/engineio_options.h"
#include "server/realtime/engineio_session.h"
#include "server/realtime/farewells.h"
#include "server/realtime/poll_reply.h"

namespace gx::server::realtime {

class PollingEndpoint;
class WebSocketEndpoint;

// Engine.IO v4: sessions by sid; both transports end here. Lives in its worker's thread.
class EngineIoServer final : private net::WebSocketAcceptor, private net::TurnObserver {
 public:
  // Mounts itself at options.path.
  EngineIoServer(net::HttpServer &http, Random &random, EngineIoOptions options, EngineIoListener &listener);
  ~EngineIoServer() override;
  EngineIoServer(const EngineIoServer &) = delete;
  EngineIoServer &operator=(const EngineIoServer &) = delete;

  [[nodiscard]] qsizetype sessionCount() const { return static_cast<qsizetype>(m_sessions.size()); }
  void closeAll(quint16 closeCode);
  template <typename F>
  void forEachSession(F visit) {
    for (const auto &[sid, session] : m_sessions) visit(*session);
  }

  // Of sessions and endpoints.
  [[nodiscard]] EngineIoSession *find(const QByteArray &sid) const;
  [[nodiscard]] EngineIoSession &create(const net::PeerAddress &peer, bool secure);
  // At the end of the turn: tells the listener and frees it; answers its poll.
  void bury(EngineIoSession &session);
  void answerPollLater(EngineIoSession &session);
  void release(WebSocketEndpoint &endpoint);
  // What to tell the browser; nothing when the page may not talk to us, empty when it is no web page.
  [[nodiscard]] std::optional<QByteArray> allowedOrigin(QByteArrayView origin) const;
  [[nodiscard]] static bool speaksOurVersion(const net::HttpRequest &request);
  [[nodiscard]] const EngineIoOptions &options() const { return m_options; }
  [[nodiscard]] EngineIoListener &listener() { return m_listener; }
  [[nodiscard]] Farewells &farewells() { return m_farewells; }
  [[nodiscard]] net::EventLoop &loop() { return m_http.loop(); }

 private:
  Decision accept(const net::HttpRequest &request) override;
  Decision take(EngineIoSession *probed);
  void turnEnded() override;

  net::HttpServer &m_http;
  Random &m_random;
  EngineIoOptions m_options;
  EngineIoListener &m_listener;
  Farewells m_farewells;
  std::unique_ptr<PollingEndpoint> m_polling;
  std::unordered_map<QByteArray, std::unique_ptr<EngineIoSession>> m_sessions;
  std::unordered_map<WebSocketEndpoint *, std::unique_ptr<WebSocketEndpoint>> m_endpoints;
  std::vector<QByteArray> m_duePolls;
  std::vector<EngineIoSession *> m_dying;
  std::vector<std::unique_ptr<WebSocketEndpoint>> m_released;
};

}  // namespace gx::server::realtime
