// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/config/config.h"

namespace gx::server {

// `gx-relay serve`: runs the event loop until the relay could not start or was asked to end, and returns the exit code.
// Says `ready api=… ops=…` on standard output when it serves.
[[nodiscard]] int serve(const config::Config &config);

}  // namespace gx::server
