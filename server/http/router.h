// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <array>

#include "core/base/random.h"
#include "core/base/task_scope.h"
#include "server/http/authentication.h"
#include "server/http/metrics_text.h"
#include "server/http/request_rate.h"
#include "server/http/route_table.h"
#include "server/net/http_server.h"

namespace gx::server::http {

// Serves REST: who speaks is decided first, then what is asked for, then the body is read and the route's handler
// answers. Every answer has a request id; every failure is a problem. Lives in its worker's thread.
class Router final : public net::HttpHandler {
 public:
  // `table` outlives the router. The random numbers name requests.
  struct Means {
    Clock &clock;
    Random &random;
    double rateScale = 1;  // multiplies how many requests are allowed
  };
  Router(const RouteTable &table, TokenCheck check, Means means);

  [[nodiscard]] net::BodyPlan planBody(const net::HttpRequest &request) override;
  void handle(net::HttpRequest request, net::ResponseToken token) override;
  void bodyArrived(net::ResponseToken token, QByteArrayView piece) override;
  void bodyEnded(net::ResponseToken token, bool whole) override;

  // The answer to a request that no handler saw: what the network itself refuses.
  [[nodiscard]] net::HttpResponse problem(int status, QByteArrayView code, QByteArrayView message);

  // Ends when every request that was taken is answered.
  [[nodiscard]] QCoro::Task<> drained() { return m_running.drained(); }
  void writeMetrics(MetricsText &out) const;

 private:
  // A request whose head has been judged.
  struct Admitted {
    RouteCall call;
    const Route *route = nullptr;
    std::optional<Result<RouteAnswer>> refusal{};  // instead of being handled
  };
  // A request of a known device whose body comes, or waits until the device is known.
  struct Upload {
    Admitted admitted{};
    qsizetype limit = 0;
  };
  QCoro::Task<> serve(net::HttpRequest request, net::ResponseToken token);
  QCoro::Task<> admit(net::HttpRequest request, net::ResponseToken token);
  QCoro::Task<> run(Admitted admitted, net::ResponseToken token, SteadyTime begun);
  [[nodiscard]] Async<Admitted> admission(net::HttpRequest request, net::ResponseToken token);
  // What path, method and header fields alone decide once it is known who asks.
  [[nodiscard]] static std::optional<Result<RouteAnswer>> refusal(const RouteTable::Match &match,
                                                                  const net::HttpRequest &request,
                                                                  const domain::Principal &who);
  [[nodiscard]] Async<domain::Principal> identify(QByteArray token);
  [[nodiscard]] net::HttpResponse respond(Result<RouteAnswer> answer);
  [[nodiscard]] QByteArray nextRequestId();

  const RouteTable &m_table;
  TokenCheck m_check;
  RequestRate m_rate;
  Clock &m_clock;
  QByteArray m_idPrefix;
  quint64 m_lastId = 0;
  std::array<quint64, 6> m_byClass{};  // answers with status 1xx … 5xx
  quint64 m_authFailures = 0;
  QHash<net::ResponseToken, Upload> m_uploads;
  DurationHistogram m_durations;
  TaskScope m_running;
};

// The path below the prefix, null for one outside of it.
[[nodiscard]] QByteArrayView pathBelowPrefix(QByteArrayView path);

}  // namespace gx::server::http
