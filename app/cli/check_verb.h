// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// check: the numbered checks, one line each.
[[nodiscard]] Async<ExitCode> runCheck(CliSession &cli);

}  // namespace gx::cli
