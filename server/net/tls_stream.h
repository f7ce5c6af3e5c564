// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "server/net/tls_context.h"

namespace gx::server::net {

// TLS on one connection's socket. Lives with its connection.
class TlsStream final {
 public:
  enum class Outcome { Done, WantRead, WantWrite, Ended, Failed };
  struct Transfer {
    Outcome outcome;
    qsizetype bytes = 0;
  };

  // Null when out of memory.
  [[nodiscard]] static std::unique_ptr<TlsStream> over(TlsContext &context, int descriptor);
  ~TlsStream();
  TlsStream(const TlsStream &) = delete;
  TlsStream &operator=(const TlsStream &) = delete;

  // Both shake hands first where that is still to be done.
  [[nodiscard]] Transfer read(char *into, qsizetype capacity);
  [[nodiscard]] Transfer write(QByteArrayView bytes);
  // Tells the peer that nothing follows. What cannot be sent at once is left out.
  void shutDown();

 private:
  explicit TlsStream(SSL *ssl) : m_ssl(ssl) {}
  [[nodiscard]] Transfer outcomeOf(int result) const;

  SSL *m_ssl;
};

}  // namespace gx::server::net
