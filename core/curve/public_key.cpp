// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/public_key.h"

#include <algorithm>
#include <span>

namespace gx::curve {

namespace {

constexpr unsigned char kDjbType = 0x05;

using Coordinate = std::array<unsigned char, 32>;  // little endian

// The points of low order below 2^255 - 19. Their other encodings (with the high bit, or not reduced) fall to the two
// checks before.
constexpr std::array<Coordinate, 5> kLowOrder{{
    {0},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
     0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
     0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
}};

bool isReduced(std::span<const unsigned char, 32> key) {  // below 2^255 - 19; the high bit is clear
  if (key[31] != 0x7f) return true;
  for (std::size_t i = 30; i > 0; --i)
    if (key[i] != 0xff) return true;
  return key[0] < 0xed;
}

bool isLowOrder(std::span<const unsigned char, 32> key) {
  return std::any_of(kLowOrder.begin(), kLowOrder.end(),
                     [&](const Coordinate &low) { return std::equal(key.begin(), key.end(), low.begin()); });
}

}  // namespace

Result<PublicKey> PublicKey::parse(QByteArrayView bytes) {
  if (bytes.size() != kSize) return fail(ErrorKind::Invalid, "public key has not 33 bytes");
  PublicKey key;
  std::copy_n(reinterpret_cast<const unsigned char *>(bytes.data()), kSize, key.m_bytes.begin());
  if (key.m_bytes[0] != kDjbType) return fail(ErrorKind::Invalid, "public key of unknown type");
  const std::span<const unsigned char, 32> coordinate(key.m_bytes.data() + 1, 32);
  if (coordinate[31] & 0x80) return fail(ErrorKind::Invalid, "public key with the high bit set");
  if (!isReduced(coordinate)) return fail(ErrorKind::Invalid, "public key not reduced");
  if (isLowOrder(coordinate)) return fail(ErrorKind::Invalid, "public key of low order");
  return key;
}

}  // namespace gx::curve
