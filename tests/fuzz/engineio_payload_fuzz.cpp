// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_payload.h"

// A polling body: what is read whole is written back the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  using namespace gx::wire;
  const QByteArrayView body(data, static_cast<qsizetype>(size));
  EngineIoPayloadReader reader(body);
  QByteArray written;
  for (int packets = 0;; ++packets) {
    if (packets > limits::kEnginePacketsPerPost) __builtin_trap();
    const auto packet = reader.next();
    if (!packet) return 0;
    if (!*packet) break;
    const qsizetype before = written.size();
    appendToPayload(written, **packet);
    if (written.size() - before > payloadSize(**packet)) __builtin_trap();
  }
  if (written != body) __builtin_trap();
  return 0;
}
