// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <signal/curve.h>
#include <signal/signal_protocol.h>

#include <QByteArray>
#include <memory>

#include "core/base/random.h"
#include "core/curve/public_key.h"
#include "tests/support/fixed_random.h"

namespace gx::test {

// A key pair that signs (XEdDSA), made with the C library directly: core/curve cannot sign.
class TestSigner final {
 public:
  explicit TestSigner(quint64 seed) : m_random(seed) {
    signal_context_create(&m_context, this);
    signal_crypto_provider provider{};
    provider.random_func = [](uint8_t *data, size_t size, void *self) {
      static_cast<TestSigner *>(self)->m_random.fill(std::as_writable_bytes(std::span(data, size)));
      return 0;
    };
    refuseAllElse(provider);
    provider.user_data = this;
    signal_context_set_crypto_provider(m_context, &provider);
    curve_generate_key_pair(m_context, &m_pair);
  }
  ~TestSigner() {
    SIGNAL_UNREF(m_pair);
    signal_context_destroy(m_context);
  }
  TestSigner(const TestSigner &) = delete;
  TestSigner &operator=(const TestSigner &) = delete;

  [[nodiscard]] curve::PublicKey key() const {
    signal_buffer *buffer = nullptr;
    ec_public_key_serialize(&buffer, ec_key_pair_get_public(m_pair));
    return *curve::PublicKey::parse(take(buffer));
  }
  [[nodiscard]] QByteArray sign(const QByteArray &message) {
    signal_buffer *buffer = nullptr;
    curve_calculate_signature(m_context, &buffer, ec_key_pair_get_private(m_pair),
                              reinterpret_cast<const uint8_t *>(message.constData()),
                              static_cast<size_t>(message.size()));
    return take(buffer);
  }

 private:
  // The library wants every function, signing needs only chance.
  static void refuseAllElse(signal_crypto_provider &provider) {
    provider.hmac_sha256_init_func = [](void **, const uint8_t *, size_t, void *) { return -1; };
    provider.hmac_sha256_update_func = [](void *, const uint8_t *, size_t, void *) { return -1; };
    provider.hmac_sha256_final_func = [](void *, signal_buffer **, void *) { return -1; };
    provider.hmac_sha256_cleanup_func = [](void *, void *) {};
    provider.sha512_digest_init_func = [](void **, void *) { return -1; };
    provider.sha512_digest_update_func = [](void *, const uint8_t *, size_t, void *) { return -1; };
    provider.sha512_digest_final_func = [](void *, signal_buffer **, void *) { return -1; };
    provider.sha512_digest_cleanup_func = [](void *, void *) {};
    const auto cipher = [](signal_buffer **, int, const uint8_t *, size_t, const uint8_t *, size_t, const uint8_t *,
                           size_t, void *) { return -1; };
    provider.encrypt_func = cipher;
    provider.decrypt_func = cipher;
  }
  static QByteArray take(signal_buffer *buffer) {
    QByteArray bytes(reinterpret_cast<const char *>(signal_buffer_data(buffer)),
                     static_cast<qsizetype>(signal_buffer_len(buffer)));
    signal_buffer_free(buffer);
    return bytes;
  }

  FixedRandom m_random;
  signal_context *m_context = nullptr;
  ec_key_pair *m_pair = nullptr;
};

}  // namespace gx::test
