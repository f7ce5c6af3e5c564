// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_packet.h"

#include <algorithm>

namespace gx::wire {

bool isReservedEventName(QByteArrayView name) {
  static constexpr QByteArrayView kReserved[] = {"connect",     "connect_error",  "disconnect", "disconnecting",
                                                 "newListener", "removeListener", "error"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}  // namespace gx::wire
