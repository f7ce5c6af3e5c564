// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"

namespace gx::server::services {

// An answer kept for a minute in case it was lost, under a key made from the refresh token it answers: the store alone,
// which knows that token's hash only, cannot open it.
[[nodiscard]] QByteArray sealAnswer(Random &random, QByteArrayView refreshToken, QByteArrayView answer);
[[nodiscard]] Result<QByteArray> openAnswer(QByteArrayView refreshToken, QByteArrayView sealed);

}  // namespace gx::server::services
