// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"
#include "core/net/socketio_event.h"
#include "core/wire/socketio_packet.h"

// Packets, which are views into a decoder, → values of their own.
namespace gx::net {

[[nodiscard]] SocketIoEvent ownEvent(const wire::SocketIoPacket &packet);
[[nodiscard]] SocketIoAck ownAck(const wire::SocketIoPacket &packet);

// The payload of CONNECT_ERROR: a relay's problem (in `data`, or its code as `message`), else Forbidden,
// "connect_error".
[[nodiscard]] Error connectError(QByteArrayView payload);

}  // namespace gx::net
