// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"

namespace gx::cli {

// What is known about the digits of the other device.
enum class DigitCheck { Same, Different, NobodyToAsk };

// "123 456", for people.
[[nodiscard]] QString spacedDigits(const QByteArray &digits);
// What was given with --digits, without blanks.
[[nodiscard]] QByteArray typedDigits(const CommandLine &line);
// By --digits where it was given, else by a person at the terminal of standard input.
[[nodiscard]] DigitCheck checkDigits(const CliSession &cli, const QByteArray &digits);
// Unavailable (digits_unconfirmed): the command goes on when it is run again with --digits.
[[nodiscard]] Error digitsUnconfirmed();

}  // namespace gx::cli
