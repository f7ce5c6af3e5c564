// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "server/net/response_token.h"
#include "server/net/shared_frame.h"
#include "server/net/websocket.h"

namespace gx::server::realtime {

class EngineIoServer;
class EngineIoSession;
class WebSocketEndpoint;

// Hears the sessions of one server. Called from the event loop only, never inside a call of EngineIoSession.
class EngineIoListener {
 public:
  // `session` may be used until sessionClosed() returns. Keep what belongs to it by setOwner().
  virtual void sessionOpened(EngineIoSession &session) = 0;
  // `message` is valid during the call only.
  virtual void messageReceived(EngineIoSession &session, QByteArrayView message, bool isBinary) = 0;
  virtual void sessionClosed(EngineIoSession &session) = 0;

 protected:
  ~EngineIoListener() = default;
};

}  // namespace gx::server::realtime
