// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/key_wrap.h"

#include <sodium.h>

namespace gx::crypto {

namespace {

constexpr qsizetype kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kWrapKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kWrappedKeySize == kNonceSize + kWrapKeySize + crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char *asOctets(QByteArrayView bytes) {
  return reinterpret_cast<const unsigned char *>(bytes.data());
}

}  // namespace

Result<QByteArray> wrapKey(const SecretBytes &key, const SecretBytes &with, QByteArrayView purpose, Random &random) {
  if (key.size() != kWrapKeySize || with.size() != kWrapKeySize)
    return fail(ErrorKind::Invalid, "key has not 32 bytes");
  if (sodium_init() < 0) return fail(ErrorKind::Internal, "libsodium does not start");
  QByteArray wrapped = random.bytes(kNonceSize);
  wrapped.resize(kWrappedKeySize);
  auto *bytes = reinterpret_cast<unsigned char *>(wrapped.data());
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonceSize, nullptr, key.data(), kWrapKeySize, asOctets(purpose),
                                             static_cast<unsigned long long>(purpose.size()), nullptr, bytes,
                                             with.data());
  return wrapped;
}

Result<SecretBytes> unwrapKey(QByteArrayView wrapped, const SecretBytes &with, QByteArrayView purpose) {
  if (wrapped.size() != kWrappedKeySize) return fail(ErrorKind::Corrupt, "wrapped key of wrong size");
  if (with.size() != kWrapKeySize) return fail(ErrorKind::Invalid, "key has not 32 bytes");
  if (sodium_init() < 0) return fail(ErrorKind::Internal, "libsodium does not start");
  SecretBytes key(kWrapKeySize);
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      key.data(), nullptr, nullptr, asOctets(wrapped) + kNonceSize,
      static_cast<unsigned long long>(kWrappedKeySize - kNonceSize), asOctets(purpose),
      static_cast<unsigned long long>(purpose.size()), asOctets(wrapped), with.data());
  if (result != 0) return fail(ErrorKind::Untrusted, "another key, or changed bytes");
  return key;
}

}  // namespace gx::crypto
