// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"

namespace gx::server::services {

// A lower-case ASCII e-mail address, at most 254 bytes; else Invalid invalid_account. Upper case is refused, not
// folded: the client lowers what a person types.
[[nodiscard]] Result<QByteArray> accountName(QByteArrayView text);

}  // namespace gx::server::services
