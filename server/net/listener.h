// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/result.h"
#include "server/net/event_loop.h"
#include "server/net/http_server.h"
#include "server/net/peer_address.h"
#include "server/net/tls_context.h"

namespace gx::server::net {

// Accepts connections at one address and gives them to the workers in turn. Lives in the first worker's thread.
class Listener final : private EventSink {
 public:
  // `tls` may be null: plain. All must outlive this object.
  explicit Listener(HttpServer &server, TlsContext *tls = nullptr);
  ~Listener();
  Listener(const Listener &) = delete;
  Listener &operator=(const Listener &) = delete;

  void addWorker(HttpServer &server) { m_workers.push_back(&server); }
  [[nodiscard]] Result<> listen(const ListenAddress &address);
  // No further connections; those there are live on.
  void close();
  // Where it listens, the port filled in.
  [[nodiscard]] const ListenAddress &address() const { return m_address; }

 private:
  void ready(quint32 epollEvents) override;
  bool acceptOne();
  void handOver(HttpServer &server, int descriptor, const PeerAddress &peer);
  void pause();
  void resume();

  EventLoop &m_loop;
  TlsContext *m_tls;
  std::vector<HttpServer *> m_workers;
  std::size_t m_nextWorker = 0;
  ListenAddress m_address;
  int m_descriptor = -1;
  WheelTimer m_pause;  // after running out of descriptors
};

}  // namespace gx::server::net
