// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/ids.h"

#include <cstring>

namespace gx {

namespace {

bool isDash(int position) {
  return position == 8 || position == 13 || position == 18 || position == 23;
}

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

QByteArray detail::uuidText(const std::array<unsigned char, 16> &bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  QByteArray text(36, '-');
  int byte = 0;
  for (int i = 0; i < 36; i += 2) {
    if (isDash(i)) ++i;
    text[i] = kDigits[bytes[byte] >> 4];
    text[i + 1] = kDigits[bytes[byte] & 15];
    ++byte;
  }
  return text;
}

std::optional<std::array<unsigned char, 16>> detail::parseUuid(QByteArrayView text) {
  if (text.size() != 36) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  int byte = 0;
  for (int i = 0; i < 36; i += 2) {
    if (isDash(i) && text[i++] != '-') return std::nullopt;
    const int high = hexValue(text[i]);
    const int low = hexValue(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[byte++] = static_cast<unsigned char>(high << 4 | low);
  }
  return bytes;
}

std::array<unsigned char, 16> detail::uuid7(WallTime now, Random &random) {
  std::array<unsigned char, 16> bytes{};
  random.fill(std::as_writable_bytes(std::span(bytes)));
  const auto millis = static_cast<quint64>(toMillis(now));
  for (int i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(millis >> (40 - 8 * i));
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  return bytes;
}

std::optional<DeviceId> parseDeviceId(QByteArrayView text) {
  if (text.isEmpty() || text.size() > 10 || text[0] == '0') return std::nullopt;
  quint64 value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<quint64>(c - '0');
  }
  if (value > 0x7fffffff) return std::nullopt;
  return DeviceId{static_cast<quint32>(value)};
}

}  // namespace gx
