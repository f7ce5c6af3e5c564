// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// register, login, logout, whoami. Each ends with its exit code; what went wrong was said.
[[nodiscard]] Async<ExitCode> runRegister(CliSession &cli);
[[nodiscard]] Async<ExitCode> runLogin(CliSession &cli);
[[nodiscard]] Async<ExitCode> runLogout(CliSession &cli);
[[nodiscard]] Async<ExitCode> runWhoami(CliSession &cli);

}  // namespace gx::cli
