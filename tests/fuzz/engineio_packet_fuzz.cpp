// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_handshake.h"
#include "core/wire/engineio_packet.h"

// One WebSocket text frame; what an Open packet carries.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  using namespace gx::wire;
  const QByteArrayView frame(data, static_cast<qsizetype>(size));

  const auto packet = parseEngineIoText(frame);
  if (packet && encodeEngineIoText(packet->type, packet->data) != frame) __builtin_trap();

  const auto handshake = parseEngineIoHandshake(frame);
  if (!handshake) return 0;
  const QByteArray written = toJson(*handshake);
  const auto again = parseEngineIoHandshake(written);
  if (!again || *again != *handshake) __builtin_trap();
  return 0;
}
