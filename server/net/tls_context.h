// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "core/base/result.h"

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace gx::server::net {

// Certificate chain and key of a listener, TLS 1.2 and newer, ALPN http/1.1 only, no renegotiation. Files are read
// again when they change: connections made from then on see the new ones; broken new files are logged and the old ones
// stay. Lives in the listener's thread.
class TlsContext final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<TlsContext>> load(QByteArray certificateFile, QByteArray keyFile);
  ~TlsContext();
  TlsContext(const TlsContext &) = delete;
  TlsContext &operator=(const TlsContext &) = delete;

  // A server-side stream over a connected socket; null when out of memory.
  [[nodiscard]] SSL *newStream(int descriptor);
  // Looks whether the files changed. newStream() does so at most once a second by itself.
  void reloadIfChanged();

 private:
  struct FileState {
    qint64 modified = 0;  // nanoseconds
    qint64 size = 0;
    quint64 inode = 0;
    bool operator==(const FileState &) const = default;
  };
  TlsContext(QByteArray certificateFile, QByteArray keyFile);
  [[nodiscard]] Result<SSL_CTX *> read() const;
  [[nodiscard]] static FileState stateOf(const QByteArray &file);

  QByteArray m_certificateFile;
  QByteArray m_keyFile;
  FileState m_certificateState;
  FileState m_keyState;
  qint64 m_lookedAt = 0;  // steady seconds
  SSL_CTX *m_context = nullptr;
};

}  // namespace gx::server::net
