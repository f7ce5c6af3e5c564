// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/clock.h"
#include "server/domain/health_probe.h"

namespace gx::server::services {

struct HealthReport {
  struct Line {
    QByteArray name;
    bool isCritical = false;
    bool isWell = false;
    WallTime since{};   // of the present state
    QByteArray reason;  // ErrorKind's name; empty when well
  };
  bool isReady = true;
  std::vector<Line> lines;
};

// Asks all probes. Logs a change of state once.
class Health final {
 public:
  // The probes outlive it.
  Health(Clock &clock, std::vector<domain::HealthProbe *> probes);

  [[nodiscard]] Async<HealthReport> check();

 private:
  Clock &m_clock;
  std::vector<domain::HealthProbe *> m_probes;
  std::vector<HealthReport::Line> m_last;
};

}  // namespace gx::server::services
