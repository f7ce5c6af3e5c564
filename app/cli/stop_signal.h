// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <csignal>

#include "app/cli/process_signal.h"

namespace gx::cli {

// Asked to stop: SIGINT and SIGTERM, so that a program ends in order.
class StopSignal final : public ProcessSignal {
 public:
  StopSignal() : ProcessSignal({SIGINT, SIGTERM}) {}
};

}  // namespace gx::cli
