// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/record_seal.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstdlib>

#include "core/base/bytes.h"

namespace gx::crypto {

namespace {

constexpr QByteArrayView kMagic = "GXR\x01";
constexpr qsizetype kHeaderSize = 4 + 1 + 4;
constexpr qsizetype kTagSize = 32;

QByteArray headerOf(RecordType type, qsizetype size) {
  QByteArray header = kMagic.toByteArray();
  header.append(static_cast<char>(type));
  for (int shift = 24; shift >= 0; shift -= 8) header.append(static_cast<char>(size >> shift));
  return header;
}

}  // namespace

// A keyed HMAC that is started again for each record, so that the key is set up once.
class RecordSeal::Mac final {
 public:
  explicit Mac(const SecretBytes &key) : m_algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr)) {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    m_context = m_algorithm ? EVP_MAC_CTX_new(m_algorithm) : nullptr;
    if (!m_context || EVP_MAC_init(m_context, key.data(), static_cast<std::size_t>(key.size()), parameters) != 1)
      std::abort();  // no record could be trusted
  }
  ~Mac() {
    EVP_MAC_CTX_free(m_context);
    EVP_MAC_free(m_algorithm);
  }
  Mac(const Mac &) = delete;
  Mac &operator=(const Mac &) = delete;

  [[nodiscard]] QByteArray over(QByteArrayView first, QByteArrayView second) {
    QByteArray tag(kTagSize, Qt::Uninitialized);
    std::size_t size = 0;
    const bool done = EVP_MAC_init(m_context, nullptr, 0, nullptr) == 1 && add(first) && add(second) &&
                      EVP_MAC_final(m_context, reinterpret_cast<unsigned char *>(tag.data()), &size, kTagSize) == 1;
    if (!done || size != kTagSize) std::abort();
    return tag;
  }

 private:
  bool add(QByteArrayView bytes) {
    return EVP_MAC_update(m_context, reinterpret_cast<const unsigned char *>(bytes.data()),
                          static_cast<std::size_t>(bytes.size())) == 1;
  }

  EVP_MAC *m_algorithm;
  EVP_MAC_CTX *m_context;
};

RecordSeal::RecordSeal(const SecretBytes &key) {
  Q_ASSERT(key.size() == kKeySize);
  m_mac = std::make_unique<Mac>(key);
}

RecordSeal::~RecordSeal() = default;

QByteArray RecordSeal::seal(RecordType type, QByteArrayView place, QByteArrayView payload) const {
  QByteArray sealed;
  sealed.reserve(kHeaderSize + payload.size() + kTagSize);
  sealed.append(headerOf(type, payload.size()));
  sealed.append(payload);
  sealed.append(tag(sealed, place));
  return sealed;
}

Result<QByteArray> RecordSeal::open(RecordType type, QByteArrayView place, QByteArrayView sealed) const {
  const qsizetype size = sealed.size() - kHeaderSize - kTagSize;
  if (size < 0 || sealed.first(kHeaderSize) != headerOf(type, size))
    return fail(ErrorKind::Corrupt, "stored record has another header");
  if (!constantTimeEqual(tag(sealed.chopped(kTagSize), place), sealed.last(kTagSize)))
    return fail(ErrorKind::Corrupt, "stored record has a wrong tag");
  return sealed.sliced(kHeaderSize, size).toByteArray();
}

QByteArray RecordSeal::tag(QByteArrayView body, QByteArrayView place) const {
  return m_mac->over(body, place);
}

}  // namespace gx::crypto
