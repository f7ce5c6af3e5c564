// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/utf8.h"

#include <cstring>

namespace gx::wire {

int utf8SequenceLength(const char *at, const char *end) {
  const auto byte = [at](int index) { return static_cast<unsigned char>(at[index]); };
  const auto follows = [&](int index) { return (byte(index) & 0xC0U) == 0x80U; };
  const auto left = end - at;
  if (left < 2) return 0;
  const unsigned char lead = byte(0);
  const unsigned char second = byte(1);
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !follows(1) || !follows(2)) return 0;
    if (lead == 0xE0 && second < 0xA0) return 0;
    return lead == 0xED && second > 0x9F ? 0 : 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (left < 4 || !follows(1) || !follows(2) || !follows(3)) return 0;
    if (lead == 0xF0 && second < 0x90) return 0;
    return lead == 0xF4 && second > 0x8F ? 0 : 4;
  }
  return 0;
}

bool isUtf8(QByteArrayView bytes) {
  const char *at = bytes.data();
  const char *end = at + bytes.size();
  while (at != end) {
    quint64 eight = 0;
    while (end - at >= 8) {
      std::memcpy(&eight, at, sizeof eight);
      if ((eight & 0x8080808080808080U) != 0) break;
      at += 8;
    }
    if (at == end) break;
    if (static_cast<unsigned char>(*at) < 0x80) {
      ++at;
      continue;
    }
    const int length = utf8SequenceLength(at, end);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace gx::wire
