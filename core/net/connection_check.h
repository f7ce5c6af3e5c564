// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <chrono>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/net/http_client.h"
#include "core/net/relay_address.h"

namespace gx::net {

struct CheckResult {
  enum class Outcome { Ok, Failed, Skipped };

  QByteArray code;  // of core/wire/check_codes.h: "GX-NET-03"
  Outcome outcome = Outcome::Skipped;
  QByteArray detail{};  // for developers: what was seen, why it failed, why it was skipped
  Error error{};        // of a failed one
  std::chrono::milliseconds duration{0};
};

// The numbered checks of a connection, in order: name, route, TLS, HTTP, relay and version, clock, polling, upgrade,
// sign-in, round trip. What cannot be tried after a failure is skipped and says so.
class ConnectionCheck final : public QObject {
  Q_OBJECT
 public:
  ConnectionCheck(HttpClient &http, RelayAddress address);

  // Without a token sign-in and round trip are skipped. Always gives all checks.
  [[nodiscard]] QCoro::Task<QList<CheckResult>> run(QByteArray accessToken, std::stop_token stop = {});

 Q_SIGNALS:
  void checked(const gx::net::CheckResult &result);  // one by one, as they end

 private:
  struct Run;

  HttpClient &m_http;
  RelayAddress m_address;
};

}  // namespace gx::net
