// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/async.h"
#include "core/net/http_client.h"
#include "core/net/relay_address.h"
#include "core/net/rest_failure.h"

namespace gx::net {

struct RestRequest {
  QByteArray method = "GET";
  QByteArray path{};   // relative to /api/v1, with query
  QByteArray body{};   // JSON, or empty
  QByteArray token{};  // access token, or empty
  qsizetype maxResponse = 4 * wire::limits::kMiB;
};

// One JSON request to one relay: 2xx gives the body, a problem gives its Error, anything else is no relay (Unavailable,
// "not_a_relay": captive portals, redirects, other servers).
class RestChannel final {
 public:
  RestChannel(HttpClient &http, RelayAddress address);

  [[nodiscard]] RestTask call(RestRequest request, std::stop_token stop = {});
  [[nodiscard]] const RelayAddress &address() const { return m_address; }
  [[nodiscard]] HttpClient &http() const { return m_http; }

 private:
  HttpClient &m_http;
  RelayAddress m_address;
};

}  // namespace gx::net
