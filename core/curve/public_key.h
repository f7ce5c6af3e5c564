// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <array>
#include <compare>

#include "core/base/result.h"

namespace gx::curve {

// A Curve25519 public key as the protocol carries it: 0x05, then 32 bytes. Holds nothing (isNull) or a key that passed
// parse(): keys of low order, with the high bit set, or not reduced are refused, since the C library takes them.
class PublicKey final {
 public:
  static constexpr qsizetype kSize = 33;

  PublicKey() = default;
  [[nodiscard]] static Result<PublicKey> parse(QByteArrayView bytes);

  [[nodiscard]] bool isNull() const { return m_bytes[0] == 0; }
  // All 33 bytes; 33 zeros when null.
  [[nodiscard]] QByteArray bytes() const { return view().toByteArray(); }
  [[nodiscard]] QByteArrayView view() const { return {m_bytes.data(), kSize}; }

  auto operator<=>(const PublicKey &) const = default;

 private:
  std::array<unsigned char, kSize> m_bytes{};
};

inline size_t qHash(const PublicKey &key, size_t seed = 0) {
  return qHashBits(key.view().data(), PublicKey::kSize, seed);
}

}  // namespace gx::curve
