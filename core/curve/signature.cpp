// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/signature.h"

#include <signal_protocol.h>

#include <array>
#include <memory>

namespace gx::curve {

namespace {

struct Unref {
  void operator()(ec_public_key *key) const { signal_type_unref(reinterpret_cast<signal_type_base *>(key)); }
};
using KeyHandle = std::unique_ptr<ec_public_key, Unref>;

// The group order, little endian: 2^252 + 27742317777372353535851937790883648493.
constexpr std::array<unsigned char, 32> kOrder{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                               0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                               0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

// The library takes s and s + order alike; we take one signature for one message, so that an entry has one hash.
bool isCanonical(const unsigned char *s) {
  for (int i = 31; i >= 0; --i) {
    const unsigned byte = i == 31 ? s[i] & 0x7fU : s[i];  // the top bit is the sign of the Edwards point
    if (byte != kOrder[static_cast<std::size_t>(i)]) return byte < kOrder[static_cast<std::size_t>(i)];
  }
  return false;
}

const unsigned char *octets(QByteArrayView bytes) {
  return reinterpret_cast<const unsigned char *>(bytes.data());
}

}  // namespace

bool isSignedBy(const PublicKey &key, QByteArrayView message, QByteArrayView signature) {
  if (key.isNull() || signature.size() != kSignatureSize) return false;
  if (!isCanonical(octets(signature) + 32)) return false;
  ec_public_key *decoded = nullptr;
  if (curve_decode_point(&decoded, octets(key.view()), PublicKey::kSize, nullptr) < 0) return false;
  const KeyHandle handle(decoded);
  static constexpr unsigned char kNothing = 0;
  const auto *data = message.isEmpty() ? &kNothing : octets(message);
  return curve_verify_signature(decoded, data, static_cast<std::size_t>(message.size()), octets(signature),
                                static_cast<std::size_t>(signature.size())) == 1;
}

}  // namespace gx::curve
