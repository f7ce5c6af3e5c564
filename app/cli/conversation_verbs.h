// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// conversations, history, safety.
[[nodiscard]] Async<ExitCode> runConversations(CliSession &cli);
[[nodiscard]] Async<ExitCode> runHistory(CliSession &cli);
[[nodiscard]] Async<ExitCode> runSafety(CliSession &cli);

}  // namespace gx::cli
