// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/tls_stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <limits>

namespace gx::server::net {

namespace {

int toInt(qsizetype size) {
  return static_cast<int>(std::min<qsizetype>(size, std::numeric_limits<int>::max()));
}

}  // namespace

std::unique_ptr<TlsStream> TlsStream::over(TlsContext &context, int descriptor) {
  SSL *ssl = context.newStream(descriptor);
  return std::unique_ptr<TlsStream>(ssl ? new TlsStream(ssl) : nullptr);
}

TlsStream::~TlsStream() {
  SSL_free(m_ssl);
}

TlsStream::Transfer TlsStream::read(char *into, qsizetype capacity) {
  ERR_clear_error();
  const int result = SSL_read(m_ssl, into, toInt(capacity));
  return result > 0 ? Transfer{Outcome::Done, result} : outcomeOf(result);
}

TlsStream::Transfer TlsStream::write(QByteArrayView bytes) {
  ERR_clear_error();
  const int result = SSL_write(m_ssl, bytes.data(), toInt(bytes.size()));
  return result > 0 ? Transfer{Outcome::Done, result} : outcomeOf(result);
}

void TlsStream::shutDown() {
  ERR_clear_error();
  if (SSL_is_init_finished(m_ssl)) SSL_shutdown(m_ssl);
  ERR_clear_error();
}

TlsStream::Transfer TlsStream::outcomeOf(int result) const {
  switch (SSL_get_error(m_ssl, result)) {
    case SSL_ERROR_WANT_READ:
      return {Outcome::WantRead};
    case SSL_ERROR_WANT_WRITE:
      return {Outcome::WantWrite};
    case SSL_ERROR_ZERO_RETURN:
      return {Outcome::Ended};
    default:
      ERR_clear_error();
      return {Outcome::Failed};
  }
}

}  // namespace gx::server::net
