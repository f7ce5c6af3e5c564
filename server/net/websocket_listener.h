// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "server/net/http_exchange.h"
#include "server/net/peer_address.h"
#include "server/net/shared_frame.h"

namespace gx::server::net {

class WebSocket;

// Hears one web socket. Called in the worker's thread, from the event loop only: never inside a call of WebSocket.
class WebSocketListener {
 public:
  // Before anything else; `socket` may be used until closed() returns.
  virtual void opened(WebSocket &socket) = 0;
  // `message` is valid during the call only; text is valid UTF-8.
  virtual void messageReceived(QByteArrayView message, bool isBinary) = 0;
  // The last call, with the peer's code; 1006 when the stream just ended.
  virtual void closed(quint16 code) = 0;

 protected:
  ~WebSocketListener() = default;
};

// Takes or refuses an upgrade that is right by RFC 6455. Taking means naming a listener, which then hears opened().
class WebSocketAcceptor {
 public:
  struct Decision {
    WebSocketListener *listener = nullptr;
    HttpResponse refusal{};  // when there is no listener
  };
  virtual ~WebSocketAcceptor() = default;
  [[nodiscard]] virtual Decision accept(const HttpRequest &request) = 0;
};

}  // namespace gx::server::net
