// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/clock.h"

namespace gx::text {

// "14:07" of today, "yesterday 14:07", "Mon 14:07" within a week, else "2026-01-31 14:07". Local time.
[[nodiscard]] QString timeText(WallTime time, WallTime now);
// "in 8 s", "in 2 min", "now".
[[nodiscard]] QString untilText(WallTime time, WallTime now);

}  // namespace gx::text
