// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

#include "core/base/result.h"

namespace gx::wire {

// Checks the placeholders of a binary packet's payload (scanned JSON): every object with "_placeholder":true has just
// one more member, "num", a whole number below `attachments`, and each attachment is named exactly once.
[[nodiscard]] Result<> checkPlaceholders(QByteArrayView payload, int attachments);

}  // namespace gx::wire
