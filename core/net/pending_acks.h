// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <map>

#include "core/base/result.h"
#include "core/net/completion.h"
#include "core/net/socketio_event.h"

namespace gx::net {

// Who waits for which ack on one Socket.IO connection. The waiters live in the frames of their tasks.
class PendingAcks final {
 public:
  using Acked = Completion<Result<SocketIoAck>>;

  [[nodiscard]] quint32 add(const QByteArray &nsp, Acked &waiter);
  void remove(quint32 id) { m_waiters.erase(id); }
  // An ack nobody waits for (any more) is ignored.
  void take(quint32 id, const QByteArray &nsp, SocketIoAck ack);
  void failNamespace(const QByteArray &nsp, const Error &reason);
  void failAll(const Error &reason);

 private:
  struct Waiter {
    QByteArray nsp;
    Acked *acked;
  };

  std::map<quint32, Waiter> m_waiters;
  quint32 m_lastId = 0;
};

}  // namespace gx::net
