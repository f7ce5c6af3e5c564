// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>

#include "core/base/result.h"
#include "core/wire/socketio_packet.h"
#include "server/net/event_loop.h"
#include "server/realtime/socketio_server.h"

namespace gx::server::realtime {

// The acknowledgements one socket still owes. Each callback is called exactly once.
class PendingAcks final {
 public:
  using Answered = std::function<void(Result<ClientAck>)>;

  explicit PendingAcks(net::EventLoop &loop) : m_loop(loop) {}

  // The id to send.
  [[nodiscard]] quint32 expect(std::chrono::milliseconds within, Answered answered);
  // False: nobody waits for that id.
  [[nodiscard]] bool take(const wire::SocketIoPacket &packet);
  // The socket is gone.
  void cancelAll();
  [[nodiscard]] int count() const { return static_cast<int>(m_waiting.size()); }

 private:
  struct Waiting {
    PendingAcks &acks;
    quint32 id;
    Answered answered;
    net::WheelTimer timer;
  };
  void finish(quint32 id, Result<ClientAck> result);

  net::EventLoop &m_loop;
  std::unordered_map<quint32, std::unique_ptr<Waiting>> m_waiting;
  quint32 m_nextId = 0;
};

}  // namespace gx::server::realtime
