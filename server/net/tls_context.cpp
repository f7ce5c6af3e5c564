// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <chrono>

#include "core/base/logging.h"

namespace gx::server::net {

namespace {

constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// A client that names protocols must name ours; one that names none speaks HTTP/1.1 anyway.
void acceptOnlyHttp11(SSL_CTX *context) {
  const auto choose = [](SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *in,
                         unsigned int inSize, void *) {
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, kHttp11, sizeof kHttp11, in, inSize) != OPENSSL_NPN_NEGOTIATED)
      return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
  };
  SSL_CTX_set_alpn_select_cb(context, choose, nullptr);
}

qint64 steadySeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

QByteArray opensslReason() {
  const char *reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason ? QByteArray(reason) : QByteArray("unknown");
}

}  // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::load(QByteArray certificateFile, QByteArray keyFile) {
  std::unique_ptr<TlsContext> tls(new TlsContext(std::move(certificateFile), std::move(keyFile)));
  const Result<SSL_CTX *> context = tls->read();
  if (!context) return tl::unexpected(context.error());
  tls->m_context = *context;
  return tls;
}

TlsContext::TlsContext(QByteArray certificateFile, QByteArray keyFile)
    : m_certificateFile(std::move(certificateFile)),
      m_keyFile(std::move(keyFile)),
      m_certificateState(stateOf(m_certificateFile)),
      m_keyState(stateOf(m_keyFile)),
      m_lookedAt(steadySeconds()) {}

TlsContext::~TlsContext() {
  SSL_CTX_free(m_context);
}

SSL *TlsContext::newStream(int descriptor) {
  if (const qint64 now = steadySeconds(); now != m_lookedAt) {
    m_lookedAt = now;
    reloadIfChanged();
  }
  SSL *ssl = SSL_new(m_context);
  if (!ssl) return nullptr;
  if (SSL_set_fd(ssl, descriptor) != 1) {
    SSL_free(ssl);
    return nullptr;
  }
  SSL_set_accept_state(ssl);
  return ssl;
}

void TlsContext::reloadIfChanged() {
  const FileState certificate = stateOf(m_certificateFile);
  const FileState key = stateOf(m_keyFile);
  if (certificate == m_certificateState && key == m_keyState) return;
  m_certificateState = certificate;
  m_keyState = key;
  const Result<SSL_CTX *> context = read();
  if (!context) {
    qCWarning(lcServerNet, "TLS files changed but cannot be used, the old ones stay: %s",
              describe(context.error()).constData());
    return;
  }
  SSL_CTX_free(m_context);  // streams that use it hold their own reference
  m_context = *context;
  qCInfo(lcServerNet, "TLS certificate reloaded");
}

Result<SSL_CTX *> TlsContext::read() const {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return fail(ErrorKind::Internal, "no TLS context");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  acceptOnlyHttp11(context.get());
  if (SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1)
    return fail(ErrorKind::Internal, "no TLS ciphers");
  if (SSL_CTX_use_certificate_chain_file(context.get(), m_certificateFile.constData()) != 1)
    return fail(ErrorKind::Invalid, "tls_certificate: " + opensslReason());
  if (SSL_CTX_use_PrivateKey_file(context.get(), m_keyFile.constData(), SSL_FILETYPE_PEM) != 1)
    return fail(ErrorKind::Invalid, "tls_key: " + opensslReason());
  if (SSL_CTX_check_private_key(context.get()) != 1)
    return fail(ErrorKind::Invalid, "tls_key does not belong to tls_certificate");
  return context.release();
}

TlsContext::FileState TlsContext::stateOf(const QByteArray &file) {
  struct stat info{};
  if (::stat(file.constData(), &info) != 0) return {};
  return {info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec, info.st_size, info.st_ino};
}

}  // namespace gx::server::net
