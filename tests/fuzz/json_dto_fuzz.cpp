// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_scanner.h"
#include "tests/core/wire/dto_codecs.h"

// The first byte chooses a body of the protocol, the rest is its JSON. What is read is written, and reads as the same
// again.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  static const auto kCodecs = gx::test::dtoCodecs();
  if (size == 0) return 0;
  const auto &codec = kCodecs[data[0] % kCodecs.size()];
  const QByteArrayView json(data + 1, static_cast<qsizetype>(size) - 1);

  const auto written = codec.roundTrip(json);

  if (!written) {
    if (written.error().detail.isEmpty()) __builtin_trap();
    return 0;
  }
  if (!gx::wire::validateJson(*written)) __builtin_trap();
  const auto again = codec.roundTrip(*written);
  if (!again || *again != *written) __builtin_trap();
  return 0;
}
