// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/safety.h"

namespace gx::messenger {

Safety::Safety(DeviceLists &lists, Inbox &inbox, Outbox &outbox, vault::Vault &vault)
    : m_lists(lists), m_inbox(inbox), m_outbox(outbox), m_vault(vault) {}

Async<model::SafetyNumber> Safety::number(UserId user) {
  const auto refreshed = co_await m_lists.refresh(user);
  // Offline the pinned lists are the best we know; anything else is told.
  if (!refreshed && !isTransient(refreshed.error().kind)) co_return tl::unexpected(refreshed.error());
  co_return co_await m_vault.manifests().safetyNumber(user);
}

Async<model::Trust> Safety::trust(UserId user) {
  const auto pinned = co_await m_vault.manifests().pinned(user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  co_return pinned->trust;
}

Async<std::optional<Error>> Safety::alarm(UserId user) {
  const auto pinned = co_await m_vault.manifests().pinned(user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  std::optional<Error> reason;
  if (pinned->trust != model::Trust::Broken) co_return reason;
  const bool isFork = pinned->alarm == curve::kManifestFork;
  reason.emplace();
  reason->kind = ErrorKind::Untrusted;
  reason->detail = pinned->alarm;
  reason->code = isFork ? QByteArray(curve::kManifestFork) : QByteArray(vault::codes::kTrustBroken);
  co_return reason;
}

Async<> Safety::markVerified(UserId user, bool isVerified) {
  return m_vault.manifests().markVerified(user, isVerified);
}

Async<> Safety::acceptNewRoot(UserId user) {
  const auto accepted = co_await m_vault.manifests().acceptNewRoot(user);
  if (!accepted) co_return tl::unexpected(accepted.error());
  co_await m_inbox.reopenHeld(user);
  m_outbox.retryNow();
  co_return Result<>();
}

}  // namespace gx::messenger
