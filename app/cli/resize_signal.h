// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <csignal>

#include "app/cli/process_signal.h"

namespace gx::cli {

// The terminal has another size: SIGWINCH.
class ResizeSignal final : public ProcessSignal {
 public:
  ResizeSignal() : ProcessSignal({SIGWINCH}) {}
};

}  // namespace gx::cli
