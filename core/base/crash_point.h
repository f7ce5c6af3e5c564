// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

namespace gx {

// A place where a crash must lose nothing (SECURITY.md 3g, C1 …). The environment GX_CRASH_AT=C4 ends the process there
// without any clean-up, GX_CRASH_AT=C4:3 at the third passing. Without the variable it costs one load. Any thread.
void crashPoint(const char *name);

}  // namespace gx
