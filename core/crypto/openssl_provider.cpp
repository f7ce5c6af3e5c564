// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/openssl_provider.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "core/crypto/signal_handles.h"

namespace gx::crypto {

struct OpensslProvider::Algorithms {
  EVP_MAC *hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MD *sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  EVP_CIPHER *cbc = EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr);
  EVP_CIPHER *ctr = EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr);

  Algorithms() = default;
  Algorithms(const Algorithms &) = delete;
  Algorithms &operator=(const Algorithms &) = delete;
  ~Algorithms() {
    EVP_MAC_free(hmac);
    EVP_MD_free(sha512);
    EVP_CIPHER_free(cbc);
    EVP_CIPHER_free(ctr);
  }
  [[nodiscard]] bool areComplete() const { return hmac && sha512 && cbc && ctr; }
};

namespace {

constexpr std::size_t kHmacSize = 32;
constexpr std::size_t kSha512Size = 64;
constexpr std::size_t kAesKeySize = 32;
constexpr std::size_t kAesBlockSize = 16;
constexpr std::size_t kMaxCipherText = 1024 * 1024;

int giveBuffer(signal_buffer **output, const unsigned char *bytes, std::size_t size) {
  *output = signal_buffer_create(bytes, size);
  return *output ? SG_SUCCESS : SG_ERR_NOMEM;
}

int hmacInit(EVP_MAC *hmac, void **context, const uint8_t *key, std::size_t size) {
  EVP_MAC_CTX *mac = EVP_MAC_CTX_new(hmac);
  if (!mac) return SG_ERR_NOMEM;
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  static constexpr uint8_t kEmptyKey = 0;  // OpenSSL takes null for "keep the key"
  if (EVP_MAC_init(mac, key && size ? key : &kEmptyKey, size, parameters) != 1) {
    EVP_MAC_CTX_free(mac);
    return SG_ERR_UNKNOWN;
  }
  *context = mac;
  return SG_SUCCESS;
}

int hmacUpdate(void *context, const uint8_t *data, size_t size, void *) {
  return EVP_MAC_update(static_cast<EVP_MAC_CTX *>(context), data, size) == 1 ? SG_SUCCESS : SG_ERR_UNKNOWN;
}

int hmacFinal(void *context, signal_buffer **output, void *) {
  unsigned char tag[kHmacSize];
  std::size_t size = 0;
  if (EVP_MAC_final(static_cast<EVP_MAC_CTX *>(context), tag, &size, sizeof tag) != 1) return SG_ERR_UNKNOWN;
  const int result = giveBuffer(output, tag, size);
  OPENSSL_cleanse(tag, sizeof tag);
  return result;
}

void hmacCleanup(void *context, void *) {
  EVP_MAC_CTX_free(static_cast<EVP_MAC_CTX *>(context));
}

int sha512Init(const EVP_MD *sha512, void **context) {
  EVP_MD_CTX *digest = EVP_MD_CTX_new();
  if (!digest) return SG_ERR_NOMEM;
  if (EVP_DigestInit_ex2(digest, sha512, nullptr) != 1) {
    EVP_MD_CTX_free(digest);
    return SG_ERR_UNKNOWN;
  }
  *context = digest;
  return SG_SUCCESS;
}

int sha512Update(void *context, const uint8_t *data, size_t size, void *) {
  return EVP_DigestUpdate(static_cast<EVP_MD_CTX *>(context), data, size) == 1 ? SG_SUCCESS : SG_ERR_UNKNOWN;
}

int sha512Final(void *context, signal_buffer **output, void *) {
  auto *digest = static_cast<EVP_MD_CTX *>(context);
  unsigned char hash[kSha512Size];
  unsigned size = 0;
  if (EVP_DigestFinal_ex(digest, hash, &size) != 1) return SG_ERR_UNKNOWN;
  if (EVP_DigestInit_ex2(digest, nullptr, nullptr) != 1) return SG_ERR_UNKNOWN;  // the library goes on with it
  const int result = giveBuffer(output, hash, size);
  OPENSSL_cleanse(hash, sizeof hash);
  return result;
}

void sha512Cleanup(void *context, void *) {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX *>(context));
}

struct CipherInput {
  const EVP_CIPHER *algorithm;
  bool isPadded;
  bool encrypts;
  std::span<const uint8_t> key;
  std::span<const uint8_t> iv;
  std::span<const uint8_t> data;
};

int runCipher(signal_buffer **output, const CipherInput &input) {
  if (!input.algorithm || input.key.size() != kAesKeySize || input.iv.size() != kAesBlockSize) return SG_ERR_INVAL;
  if (input.data.size() > kMaxCipherText) return SG_ERR_INVAL;
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               EVP_CIPHER_CTX_free);
  signal_buffer *buffer = signal_buffer_alloc(input.data.size() + kAesBlockSize);
  if (!cipher || !buffer) {
    if (buffer) signal_buffer_free(buffer);
    return SG_ERR_NOMEM;
  }
  int size = 0;
  int tail = 0;
  unsigned char *out = signal_buffer_data(buffer);
  const bool done =
      EVP_CipherInit_ex2(cipher.get(), input.algorithm, input.key.data(), input.iv.data(), input.encrypts, nullptr) ==
          1 &&
      EVP_CIPHER_CTX_set_padding(cipher.get(), input.isPadded) == 1 &&
      EVP_CipherUpdate(cipher.get(), out, &size, input.data.data(), static_cast<int>(input.data.size())) == 1 &&
      EVP_CipherFinal_ex(cipher.get(), out + size, &tail) == 1;
  const int result =
      done ? giveBuffer(output, out, static_cast<std::size_t>(size) + static_cast<std::size_t>(tail)) : SG_ERR_UNKNOWN;
  signal_buffer_bzero_free(buffer);
  return result;
}

}  // namespace

Result<std::unique_ptr<OpensslProvider>> OpensslProvider::make(Random &random) {
  auto algorithms = std::make_unique<Algorithms>();
  if (!algorithms->areComplete()) return fail(ErrorKind::Unsupported, "OpenSSL lacks an algorithm");
  return std::unique_ptr<OpensslProvider>(new OpensslProvider(random, std::move(algorithms)));
}

OpensslProvider::OpensslProvider(Random &random, std::unique_ptr<Algorithms> algorithms)
    : m_random(random), m_algorithms(std::move(algorithms)) {}

OpensslProvider::~OpensslProvider() = default;

void OpensslProvider::fill(signal_crypto_provider &functions) {
  functions.random_func = [](uint8_t *data, size_t size, void *self) {
    static_cast<OpensslProvider *>(self)->m_random.fill(std::as_writable_bytes(std::span(data, size)));
    return SG_SUCCESS;
  };
  functions.hmac_sha256_init_func = [](void **context, const uint8_t *key, size_t size, void *self) {
    return hmacInit(static_cast<OpensslProvider *>(self)->m_algorithms->hmac, context, key, size);
  };
  functions.hmac_sha256_update_func = hmacUpdate;
  functions.hmac_sha256_final_func = hmacFinal;
  functions.hmac_sha256_cleanup_func = hmacCleanup;
  functions.sha512_digest_init_func = [](void **context, void *self) {
    return sha512Init(static_cast<OpensslProvider *>(self)->m_algorithms->sha512, context);
  };
  functions.sha512_digest_update_func = sha512Update;
  functions.sha512_digest_final_func = sha512Final;
  functions.sha512_digest_cleanup_func = sha512Cleanup;
  functions.encrypt_func = [](signal_buffer **output, int cipher, const uint8_t *key, size_t keySize, const uint8_t *iv,
                              size_t ivSize, const uint8_t *data, size_t size, void *self) {
    const Algorithms &all = *static_cast<OpensslProvider *>(self)->m_algorithms;
    const bool isCbc = cipher == SG_CIPHER_AES_CBC_PKCS5;
    return runCipher(output, {isCbc ? all.cbc : all.ctr, isCbc, true, {key, keySize}, {iv, ivSize}, {data, size}});
  };
  functions.decrypt_func = [](signal_buffer **output, int cipher, const uint8_t *key, size_t keySize, const uint8_t *iv,
                              size_t ivSize, const uint8_t *data, size_t size, void *self) {
    const Algorithms &all = *static_cast<OpensslProvider *>(self)->m_algorithms;
    const bool isCbc = cipher == SG_CIPHER_AES_CBC_PKCS5;
    return runCipher(output, {isCbc ? all.cbc : all.ctr, isCbc, false, {key, keySize}, {iv, ivSize}, {data, size}});
  };
  functions.user_data = this;
}

}  // namespace gx::crypto
