// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>
#include <optional>

#include "core/base/result.h"
#include "core/wire/socketio_packet.h"

namespace gx::wire {

// What stands before the payload of a Socket.IO text: type, number of attachments, namespace, ack id.
struct SocketIoHead {
  SocketIoType type = SocketIoType::Connect;
  int attachments = 0;
  QByteArrayView nsp = "/";
  std::optional<quint32> ackId{};
  QByteArrayView payload{};  // the rest, not looked at yet

  [[nodiscard]] bool isBinary() const { return type == SocketIoType::BinaryEvent || type == SocketIoType::BinaryAck; }
};

// Views into `text`.
[[nodiscard]] Result<SocketIoHead> parseSocketIoHead(QByteArrayView text);

}  // namespace gx::wire
