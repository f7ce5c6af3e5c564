// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <QByteArray>
#include <cstdio>
#include <memory>

#include "tests/server/net/raw_client.h"

namespace gx::test {

// Writes a fresh self-signed certificate and its key as PEM files.
inline void makeCertificate(const QByteArray &name, const QByteArray &certificateFile, const QByteArray &keyFile) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME *subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>(name.constData()), -1,
                             -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const auto write = [](const QByteArray &file, auto put) {
    FILE *out = std::fopen(file.constData(), "wb");
    ASSERT_TRUE(out != nullptr);
    put(out);
    std::fclose(out);
  };
  write(certificateFile, [&](FILE *out) { PEM_write_X509(out, certificate.get()); });
  write(keyFile, [&](FILE *out) { PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

// A TLS client in the event loop of the server under test. Trusts anybody: trust is not what is tested here.
class TlsClient final {
 public:
  explicit TlsClient(quint16 port, int highestVersion = TLS1_3_VERSION, const QByteArray &protocol = {})
      : m_client(port), m_context(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(m_context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(m_context, highestVersion);
    SSL_CTX_set_security_level(m_context, 0);
    m_ssl = SSL_new(m_context);
    SSL_set_cipher_list(m_ssl, "ALL:@SECLEVEL=0");
    const QByteArray wire = static_cast<char>(protocol.size()) + protocol;
    if (!protocol.isEmpty())
      SSL_set_alpn_protos(m_ssl, reinterpret_cast<const unsigned char *>(wire.constData()),
                          static_cast<unsigned>(wire.size()));
    SSL_set_fd(m_ssl, m_client.descriptor());
    m_connected = run([this] { return SSL_connect(m_ssl); });
  }
  ~TlsClient() {
    SSL_free(m_ssl);
    SSL_CTX_free(m_context);
  }
  TlsClient(const TlsClient &) = delete;
  TlsClient &operator=(const TlsClient &) = delete;

  [[nodiscard]] bool isConnected() const { return m_connected; }
  [[nodiscard]] SSL *ssl() { return m_ssl; }
  [[nodiscard]] QByteArray peerName() const {
    char name[100] = "";
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(m_ssl), &X509_free);
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    return name;
  }
  bool send(const QByteArray &bytes) {
    return run([&] { return SSL_write(m_ssl, bytes.constData(), static_cast<int>(bytes.size())); });
  }
  // Reads until `size` bytes are there, or the end.
  QByteArray read(qsizetype size) {
    while (m_received.size() < size) {
      char buffer[16 * 1024];
      int got = 0;
      if (!run([&] { return got = SSL_read(m_ssl, buffer, sizeof buffer); })) break;
      m_received.append(buffer, got);
    }
    return m_received;
  }

 private:
  // Runs an OpenSSL call to its end in the event loop; false when it failed.
  template <typename Call>
  bool run(Call call) {
    int result = 0;
    const bool ended = waitUntil([&] {
      result = call();
      const int error = SSL_get_error(m_ssl, result);
      return result > 0 || (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE);
    });
    return ended && result > 0;
  }

  RawClient m_client;
  SSL_CTX *m_context;
  SSL *m_ssl = nullptr;
  QByteArray m_received;
  bool m_connected = false;
};

}  // namespace gx::test
