// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/main/command_line.h"

namespace gx::server {

// Exit codes of gx-relay.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;  // wrong use or configuration
inline constexpr int kExitLocked = 3;

// Does what the command line asks for and returns the exit code. Needs a QCoreApplication; `serve` runs its event loop.
[[nodiscard]] int runCommand(const QList<QByteArray> &arguments);

}  // namespace gx::server
