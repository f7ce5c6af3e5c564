// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// devices, devices approve|refuse|remove ID.
[[nodiscard]] Async<ExitCode> runDevices(CliSession &cli);

}  // namespace gx::cli
