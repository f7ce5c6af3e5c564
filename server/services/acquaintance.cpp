// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/acquaintance.h"

namespace gx::server::services {

Async<> requireAcquaintance(domain::ConversationRepository &conversations, UserId user, UserId other) {
  if (user == other) co_return Result<>{};
  const std::vector<UserId> asked(1, other);
  const auto sharing = co_await conversations.sharingWith(user, asked);
  if (!sharing) co_return fail(sharing.error());
  if (sharing->empty()) co_return fail(ErrorKind::NotFound, "nobody, or a stranger", "not_found");
  co_return Result<>{};
}

}  // namespace gx::server::services
