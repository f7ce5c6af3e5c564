// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/health.h"

#include "core/base/logging.h"

namespace gx::server::services {

Health::Health(Clock &clock, std::vector<domain::HealthProbe *> probes) : m_clock(clock), m_probes(std::move(probes)) {
  for (const domain::HealthProbe *probe : m_probes)
    m_last.push_back({probe->name(), probe->isCritical(), true, m_clock.wallNow(), {}});
}

Async<HealthReport> Health::check() {
  for (std::size_t i = 0; i < m_probes.size(); ++i) {
    const Result<> outcome = co_await m_probes[i]->check();
    HealthReport::Line &line = m_last[i];
    const QByteArray reason = outcome ? QByteArray() : QByteArray(gx::name(outcome.error().kind));
    if (line.isWell == outcome.has_value() && line.reason == reason) continue;
    line.isWell = outcome.has_value();
    line.reason = reason;
    line.since = m_clock.wallNow();
    if (line.isWell)
      qCInfo(lcServerServices) << line.name << "is well again";
    else
      qCWarning(lcServerServices) << line.name << "is not well:" << describe(outcome.error());
  }
  HealthReport report;
  report.lines = m_last;
  for (const HealthReport::Line &line : m_last) report.isReady = report.isReady && (line.isWell || !line.isCritical);
  co_return report;
}

}  // namespace gx::server::services
