// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/clock.h"

namespace gx::text {

enum class PresenceWord { Online, Away, Offline, Unknown };

// "online", "away", "last seen yesterday 14:07", "presence not known".
[[nodiscard]] QString presenceText(PresenceWord word, WallTime since, WallTime now);

}  // namespace gx::text
