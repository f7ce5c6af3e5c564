// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/error.h"

namespace gx::text {

// What went wrong, in words a person can act on. The only place that makes them.
struct ErrorText {
  QString what;    // "The relay does not know this account or the password is wrong."
  QString remedy;  // "Check both and try again.", empty where there is nothing to do but wait

  bool operator==(const ErrorText &) const = default;
};

// By the error's code where it says more than its kind, else by the kind.
[[nodiscard]] ErrorText errorText(const Error &error);
// Both in one line.
[[nodiscard]] QString errorLine(const Error &error);

}  // namespace gx::text
