// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_packet.h"

namespace gx::wire {

Result<EngineIoPacket> parseEngineIoText(QByteArrayView frame) {
  if (frame.isEmpty()) return fail(ErrorKind::Invalid, "engine.io: empty packet");
  const char type = frame.front();
  if (type < '0' || type > '6') return fail(ErrorKind::Invalid, "engine.io: unknown packet type");
  const auto packet = EngineIoPacket{static_cast<EngineIoType>(type), frame.sliced(1)};
  const bool isBare =
      packet.type == EngineIoType::Close || packet.type == EngineIoType::Upgrade || packet.type == EngineIoType::Noop;
  if (isBare && !packet.data.isEmpty()) return fail(ErrorKind::Invalid, "engine.io: packet type takes no data");
  return packet;
}

QByteArray encodeEngineIoText(EngineIoType type, QByteArrayView data) {
  QByteArray frame;
  frame.reserve(data.size() + 1);
  frame.append(static_cast<char>(type)).append(data);
  return frame;
}

}  // namespace gx::wire
