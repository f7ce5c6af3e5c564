// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <vector>

#include "core/base/task_scope.h"
#include "server/http/metrics_text.h"
#include "server/net/http_server.h"
#include "server/services/health.h"

namespace gx::server::http {

// The operations port: /livez, /readyz, /metrics and a status page. No token, no versions, no names. Lives in its
// worker's thread.
class OperationsPage final : public net::HttpHandler {
 public:
  using MetricsSource = std::function<void(MetricsText &)>;
  OperationsPage(services::Health &health, Clock &clock);

  // Asked at every look, in order.
  void addMetrics(MetricsSource source) { m_sources.push_back(std::move(source)); }
  // A figure that takes a while; left out while it cannot be had.
  using Measure = std::function<Async<double>()>;
  void addGauge(QByteArray name, QByteArray help, Measure measure) {
    m_gauges.push_back({std::move(name), std::move(help), std::move(measure)});
  }
  // From now on not ready, whatever the probes say.
  void startDraining() { m_isDraining = true; }

  void handle(net::HttpRequest request, net::ResponseToken token) override;
  [[nodiscard]] QCoro::Task<> drained() { return m_running.drained(); }

 private:
  QCoro::Task<> serve(QByteArray path, net::ResponseToken token);
  struct Gauge {
    QByteArray name;
    QByteArray help;
    Measure measure;
  };
  QCoro::Task<MetricsText> measured();
  [[nodiscard]] net::HttpResponse readiness(const Result<services::HealthReport> &report) const;
  [[nodiscard]] net::HttpResponse statusPage(const Result<services::HealthReport> &report) const;
  [[nodiscard]] net::HttpResponse metrics(const Result<services::HealthReport> &report, MetricsText out) const;

  services::Health &m_health;
  Clock &m_clock;
  SteadyTime m_startedAt;
  std::vector<MetricsSource> m_sources;
  std::vector<Gauge> m_gauges;
  bool m_isDraining = false;
  TaskScope m_running;
};

}  // namespace gx::server::http
