// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHashFunctions>
#include <functional>

#include "server/net/http_exchange.h"

namespace gx::server::net {

class HttpServer;
class HttpSession;

// The right to answer one request, as a value: it stays harmless when the client is gone, when the request was already
// answered, and after the connection's memory was used again. Copies answer the same request. It must not outlive its
// HttpServer.
class ResponseToken final {
 public:
  ResponseToken() = default;
  ResponseToken(HttpServer *server, quint64 connection, quint64 request)
      : m_server(server), m_connection(connection), m_request(request) {}

  // The whole answer. From any thread.
  void send(HttpResponse response) const;

  // The rest: in the worker's thread only.

  // False once the client is gone or the answer is complete.
  [[nodiscard]] bool isWaiting() const;
  // Called (at most once, from the event loop) when the client leaves before the answer. For waiting polls.
  void whenGone(std::function<void()> call) const;
  // This connection belongs to somebody signed in: it no longer counts for the limits of unauthenticated ones.
  void setAuthenticated() const;

  // An answer in pieces: head (its body is ignored), pieces, end. Without a length it is sent chunked. `bytesWaiting`
  // says what the client has not taken yet, `whenDrained` calls once when that is little; write on then, so that memory
  // stays bounded.
  void begin(HttpResponse head, std::optional<qint64> length) const;
  void write(QByteArray piece) const;
  void end() const;
  [[nodiscard]] qint64 bytesWaiting() const;
  void whenDrained(std::function<void()> call) const;

  // Stops and resumes a streamed request body. One that is stopped by handle() is not asked for (100 Continue) before
  // it is resumed.
  void pauseBody() const;
  void resumeBody() const;

  bool operator==(const ResponseToken &) const = default;
  friend size_t qHash(const ResponseToken &token, size_t seed = 0) {
    return qHashMulti(seed, token.m_connection, token.m_request);
  }

 private:
  [[nodiscard]] HttpSession *session() const;

  HttpServer *m_server = nullptr;
  quint64 m_connection = 0;
  quint64 m_request = 0;
};

}  // namespace gx::server::net
