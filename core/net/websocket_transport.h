// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <optional>

#include "core/net/engineio_options.h"
#include "core/net/engineio_transport.h"
#include "core/net/tls_policy.h"

namespace gx::net {

// Engine.IO over one WebSocket.
class WebSocketTransport final : public EngineIoTransport {
  Q_OBJECT
 public:
  WebSocketTransport(TlsPolicy policy, EngineIoOptions options, QObject *parent = nullptr);
  ~WebSocketTransport() override;

  void open(const QByteArray &sid) override;
  void useSession(const wire::EngineIoHandshake &handshake) override;
  void send(const EngineIoFrame &frame) override;
  void pause() override;
  void close() override;
  [[nodiscard]] qsizetype bytesQueued() const override;
  [[nodiscard]] QByteArray name() const override { return "websocket"; }

 private:
  class Socket;

  void listen();
  void checkPeer();
  void takeEnd();
  void end(const Error &reason);

  TlsPolicy m_policy;
  EngineIoOptions m_options;
  std::unique_ptr<Socket> m_socket;
  bool m_isOpen = false;
  bool m_isClosed = false;
};

}  // namespace gx::net
