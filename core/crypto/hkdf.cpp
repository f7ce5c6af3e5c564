// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/hkdf.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>

namespace gx::crypto {

namespace {

constexpr qsizetype kMaxHkdfSize = 255 * 32;

OSSL_PARAM octetParam(const char *name, QByteArrayView bytes) {
  static char nothing = 0;
  char *data = bytes.isEmpty() ? &nothing : const_cast<char *>(bytes.data());  // read only, the API is older than const
  return OSSL_PARAM_construct_octet_string(name, data, static_cast<std::size_t>(bytes.size()));
}

}  // namespace

Result<SecretBytes> hkdf(const SecretBytes &key, QByteArrayView salt, QByteArrayView info, qsizetype size) {
  if (size <= 0 || size > kMaxHkdfSize) return fail(ErrorKind::Invalid, "HKDF output of impossible size");
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> algorithm(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                                    EVP_KDF_free);
  if (!algorithm) return fail(ErrorKind::Unsupported, "OpenSSL lacks HKDF");
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(algorithm.get()),
                                                                          EVP_KDF_CTX_free);
  if (!context) return fail(ErrorKind::Full, "no memory for HKDF");
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                   octetParam(OSSL_KDF_PARAM_KEY, key.view()), octetParam(OSSL_KDF_PARAM_SALT, salt),
                                   octetParam(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  SecretBytes derived(size);
  if (EVP_KDF_derive(context.get(), derived.data(), static_cast<std::size_t>(size), parameters) != 1)
    return fail(ErrorKind::Internal, "HKDF failed");
  return derived;
}

}  // namespace gx::crypto
