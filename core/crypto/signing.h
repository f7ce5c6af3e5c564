// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/crypto/identity.h"
#include "core/crypto/signal_context.h"

namespace gx::crypto {

// XEdDSA, 64 bytes; curve::isSignedBy(identity.publicKey, ...) checks it.
[[nodiscard]] Result<QByteArray> sign(SignalContext &context, const Identity &identity, QByteArrayView message);

}  // namespace gx::crypto
