// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/clock.h"

#include <QTimer>

namespace gx {

WallTime SystemClock::wallNow() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steadyNow() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now());
}

void SystemClock::callAfter(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) {
  // Qt's coarse timers, its choice from 2 s on, come up to a twentieth too early: who then looks at the clock finds
  // that it is not time yet, and nobody calls again.
  QTimer::singleShot(delay, Qt::PreciseTimer, context, std::move(call));
}

}  // namespace gx
