// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"

namespace gx::server::services {

// The password as it is hashed: UTF-8 in NFC. Invalid invalid_password when it is shorter than 12 or longer than 128
// code points, one character repeated, or among the common ones.
[[nodiscard]] Result<QByteArray> acceptablePassword(QByteArrayView password);
// The same form without the rules: for signing in. Invalid when it is not UTF-8 or far too long to be anybody's.
[[nodiscard]] Result<QByteArray> normalPassword(QByteArrayView password);

}  // namespace gx::server::services
