// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/device_lists.h"

#include "core/messenger/wire_values.h"

namespace gx::messenger {

using vault::ManifestChange;

DeviceLists::DeviceLists(RelayAccess &access, vault::Vault &vault)
    : m_access(access),
      m_vault(vault),
      m_pages([this](UserId user, qint64 after) { return m_access.api().manifest(user, after); }) {}

Async<vault::ManifestOutcome> DeviceLists::refresh(UserId user) {
  // The whole chain: what follows the pinned version would be empty for a new chain that is not longer than the old
  // one.
  const auto served = co_await m_pages.all(user);
  if (!served) co_return tl::unexpected(served.error());
  auto entries = toEntries(*served);
  vault::ManifestOutcome refused;
  refused.change = ManifestChange::Refused;
  if (!entries) refused.reason = entries.error().code;
  auto outcome =
      entries ? co_await m_vault.manifests().apply(user, std::move(*entries)) : Result<vault::ManifestOutcome>(refused);
  if (!outcome) co_return tl::unexpected(outcome.error());
  if (outcome->change != ManifestChange::Unchanged) Q_EMIT listChanged(user, outcome->change);
  co_return outcome;
}

Async<> DeviceLists::append(curve::ManifestEntry entry, bool newChain) {
  wire::ManifestAppend request;
  request.entry = toWire(entry);
  request.newChain = newChain;
  const auto appended = co_await m_access.api().appendManifest(std::move(request));
  if (!appended) co_return tl::unexpected(appended.error());
  std::vector<curve::ManifestEntry> entries;
  entries.push_back(entry);
  const auto outcome = co_await m_vault.manifests().apply(entry.account, std::move(entries));
  if (!outcome) co_return tl::unexpected(outcome.error());
  if (outcome->change == ManifestChange::NewRoot) co_return co_await m_vault.manifests().acceptNewRoot(entry.account);
  co_return Result<>();
}

}  // namespace gx::messenger
