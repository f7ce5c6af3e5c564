// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/async.h"
#include "server/domain/ports.h"

namespace gx::server::services {

// Passes when both are the same person or share a conversation; else NotFound not_found, the same as for nobody.
[[nodiscard]] Async<> requireAcquaintance(domain::ConversationRepository &conversations, UserId user, UserId other);

}  // namespace gx::server::services
