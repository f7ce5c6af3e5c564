// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::cli {

// Questions on the controlling terminal (/dev/tty, so that pipes stay free). Unavailable (no_terminal) where there is
// none.
[[nodiscard]] bool hasTerminal();
// Without echo.
[[nodiscard]] Result<SecretBytes> askSecret(const QString &question);
[[nodiscard]] Result<QString> askLine(const QString &question);
// A passphrase; a new one is asked twice. Invalid (passphrase_differs) after three tries that differ.
[[nodiscard]] Result<SecretBytes> askPassphrase(bool isNew);
// Yes or no from the terminal, else from a line of standard input; anything but y or yes is no.
[[nodiscard]] bool confirm(const QString &question);

}  // namespace gx::cli
