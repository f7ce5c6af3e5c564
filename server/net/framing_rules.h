// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "server/net/head_scanner.h"
#include "server/net/http_exchange.h"

namespace gx::server::net {

// What the head says about the message as a whole.
struct MessageFraming {
  qint64 contentLength = 0;
  bool isChunked = false;
  bool keepsAlive = true;
  bool expectsContinue = false;
  bool wantsUpgrade = false;  // Upgrade: websocket

  [[nodiscard]] bool hasBody() const { return isChunked || contentLength > 0; }
  // Cheaper to read and drop than a connection is to make anew. Not a body that may never come.
  [[nodiscard]] bool isWorthDropping(qint64 maxBytes) const {
    return !hasBody() || (!isChunked && !expectsContinue && contentLength <= maxBytes);
  }
};

// The rules of RFC 9112 about Host, Content-Length, Transfer-Encoding, Expect, Connection and Upgrade, in the strict
// reading that leaves no room for two servers to see two different requests.
class FramingRules final {
 public:
  FramingRules(const HttpRequest &request, int minorVersion) : m_request(request), m_minorVersion(minorVersion) {}

  // The first rule that is broken, or nothing and `framing` is filled.
  [[nodiscard]] std::optional<HttpFault> apply(MessageFraming &framing) const;

 private:
  [[nodiscard]] std::optional<HttpFault> applyHost() const;
  [[nodiscard]] std::optional<HttpFault> applyLength(MessageFraming &framing) const;
  [[nodiscard]] std::optional<HttpFault> applyExpect(MessageFraming &framing) const;
  [[nodiscard]] std::optional<HttpFault> applyUpgrade(MessageFraming &framing) const;

  const HttpRequest &m_request;
  int m_minorVersion;
};

// "relay.example:3007" → "relay.example" in lower case; nothing when malformed. IPv6 in brackets, which stay.
[[nodiscard]] std::optional<QByteArray> hostName(QByteArrayView hostHeader);

}  // namespace gx::server::net
