// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <chrono>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/task_scope.h"
#include "core/net/engineio_options.h"
#include "core/net/http_client.h"
#include "core/net/relay_address.h"
#include "core/net/rest_channel.h"
#include "core/net/route_probe.h"

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
// sign-in, round trip. What makes no sense after a failure is skipped and says so.
class ConnectionCheck final : public QObject {
  Q_OBJECT
 public:
  ConnectionCheck(HttpClient &http, const RelayAddress &address);

  // Without a token sign-in and round trip are skipped. Always gives all checks; one run at a time.
  [[nodiscard]] QCoro::Task<QList<CheckResult>> run(QByteArray accessToken, std::stop_token stop = {});

  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void checked(const gx::net::CheckResult &result);  // one by one, as they end

 private:
  struct Step {
    const char *code;
    bool isNeeded;  // by all that follow
    Async<QByteArray> (ConnectionCheck::*check)(std::stop_token stop);
  };
  static const Step kSteps[];

  QCoro::Task<QList<CheckResult>> runAll(QByteArray accessToken, std::stop_token stop);
  QCoro::Task<CheckResult> runOne(Step step, std::stop_token stop);
  [[nodiscard]] QByteArray whySkipped(QByteArrayView code, const std::stop_token &stop) const;

  Async<QByteArray> checkName(std::stop_token stop) { return m_probe.lookUp(std::move(stop)); }
  Async<QByteArray> checkRoute(std::stop_token stop) { return m_probe.reach(std::move(stop)); }
  Async<QByteArray> checkTls(std::stop_token stop) { return m_probe.shakeHands(std::move(stop)); }
  Async<QByteArray> checkHttp(std::stop_token stop);
  Async<QByteArray> checkRelay(std::stop_token stop);
  Async<QByteArray> checkClock(std::stop_token stop);
  Async<QByteArray> checkPolling(std::stop_token stop) {
    return openEngine(TransportMode::PollingOnly, std::move(stop));
  }
  Async<QByteArray> checkUpgrade(std::stop_token stop) {
    return openEngine(TransportMode::WebSocketOnly, std::move(stop));
  }
  Async<QByteArray> checkSignIn(std::stop_token stop);
  Async<QByteArray> checkRoundTrip(std::stop_token stop);
  Async<QByteArray> openEngine(TransportMode mode, std::stop_token stop);

  HttpClient &m_http;
  RelayAddress m_address;
  RouteProbe m_probe;
  RestChannel m_channel;
  QByteArray m_token;
  QByteArray m_brokenBy;  // the code of the failure that ends it all
  bool m_isSignedIn = false;
  QDateTime m_relayTime;
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::net
