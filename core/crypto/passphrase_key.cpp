// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/passphrase_key.h"

#include <sodium.h>

namespace gx::crypto {

namespace {

constexpr qsizetype kDerivedKeySize = 32;
constexpr quint64 kMaxOperations = 10;
constexpr quint64 kMinMemory = 8ULL * 1024 * 1024;
constexpr quint64 kMaxMemory = 1024ULL * 1024 * 1024;
static_assert(kPassphraseSaltSize == crypto_pwhash_SALTBYTES);

bool isReasonable(const PassphraseCost &cost) {
  return cost.operations >= 1 && cost.operations <= kMaxOperations && cost.memoryBytes >= kMinMemory &&
         cost.memoryBytes <= kMaxMemory;
}

}  // namespace

Result<SecretBytes> passphraseKey(const SecretBytes &passphrase, QByteArrayView salt, const PassphraseCost &cost) {
  if (!isReasonable(cost)) return fail(ErrorKind::Invalid, "passphrase cost outside of what we write");
  if (salt.size() != kPassphraseSaltSize) return fail(ErrorKind::Invalid, "passphrase salt of wrong size");
  if (sodium_init() < 0) return fail(ErrorKind::Internal, "libsodium does not start");
  SecretBytes key(kDerivedKeySize);
  const int result = crypto_pwhash(key.data(), static_cast<unsigned long long>(kDerivedKeySize),
                                   passphrase.view().data() ? passphrase.view().data() : "",
                                   static_cast<unsigned long long>(passphrase.size()),
                                   reinterpret_cast<const unsigned char *>(salt.data()), cost.operations,
                                   static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
  if (result != 0) return fail(ErrorKind::Full, "no memory for Argon2id");
  return key;
}

}  // namespace gx::crypto
