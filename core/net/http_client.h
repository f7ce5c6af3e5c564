// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/base/task_scope.h"
#include "core/net/http_message.h"
#include "core/net/tls_policy.h"

namespace gx::net {

// HTTP/1.1 to the relay. Never follows a redirect, keeps no cookie, cache or credential, decompresses nothing. Any
// status is an answer; a failure is the lack of one:
//   Network  host_not_found, connection_refused, connection_cut, proxy_failed, proxy_login_refused,
//            network_failed
//   Timeout  · Untrusted tls_… (tls_policy.h) · TooLarge response_too_large · Invalid bad_policy · Cancelled
// A chunked body that was cut may look whole (Qt ends such a reply well when the close is read along with it): its
// format must tell, as JSON, packets with a sequence and digests do.
class HttpClient final {
 public:
  HttpClient(Clock &clock, TlsPolicy policy);
  ~HttpClient();
  HttpClient(const HttpClient &) = delete;
  HttpClient &operator=(const HttpClient &) = delete;

  [[nodiscard]] Async<HttpResponse> send(HttpRequest request, std::stop_token stop = {});

  // New certificates, pins or proxy: requests already under way end as they began.
  void usePolicy(TlsPolicy policy);
  [[nodiscard]] const TlsPolicy &policy() const { return m_policy; }
  [[nodiscard]] Clock &clock() const { return m_clock; }
  // Closes idle connections: after sleep or a change of network they are dead without knowing it.
  void dropConnections();

  // Ends all requests as Cancelled; afterwards send() fails at once.
  [[nodiscard]] QCoro::Task<> shutdown();

 private:
  class Network;

  Async<HttpResponse> run(HttpRequest request, std::stop_token stop);

  Clock &m_clock;
  TlsPolicy m_policy;
  std::unique_ptr<Network> m_network;
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::net
