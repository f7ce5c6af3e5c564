// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/wire/engineio_handshake.h"
#include "server/net/response_token.h"

namespace gx::server::realtime {

// The answer a polling request waits for, with what the browser of a web page of another origin needs to see in it.
class PollReply final {
 public:
  // `allowedOrigin` is empty for requests that come from no web page.
  PollReply(net::ResponseToken token, QByteArray allowedOrigin)
      : m_token(token), m_allowedOrigin(std::move(allowedOrigin)) {}

  void send(QByteArray payload) const;
  // 400, Forbidden 403, with the codes of the reference server.
  void refuse(wire::EngineIoError error) const;
  // To an OPTIONS request.
  void sendPreflight(QByteArrayView requestedHeaders) const;
  [[nodiscard]] const net::ResponseToken &token() const { return m_token; }

  [[nodiscard]] static net::HttpResponse refusal(wire::EngineIoError error);

 private:
  void send(net::HttpResponse response) const;

  net::ResponseToken m_token;
  QByteArray m_allowedOrigin;
};

}  // namespace gx::server::realtime
