// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::secrets {

// 160 random bits as 8 groups of 4 characters that cannot be mistaken for each other (Crockford's base 32).
[[nodiscard]] QString makeRecoveryCode(Random &random);
// The 20 bytes of a code as a person types it: any case, any blanks and dashes, O for 0, I and L for 1. Invalid if it
// is none.
[[nodiscard]] Result<SecretBytes> parseRecoveryCode(const QString &code);

}  // namespace gx::secrets
