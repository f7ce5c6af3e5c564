// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/device_lists.h"

#include "core/messenger/wire_values.h"

namespace gx::messenger {

using vault::ManifestChange;

DeviceLists::DeviceLists(RelayAccess &access, vault::Vault &vault) : m_access(access), m_vault(vault) {}

Async<vault::ManifestOutcome> DeviceLists::refresh(UserId user) {
  const auto pinned = co_await m_vault.manifests().pinned(user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  const auto after = static_cast<qint64>(pinned->version);
  auto outcome = co_await fetch(user, after);
  const bool fits = outcome && outcome->change != ManifestChange::NewRoot && outcome->change != ManifestChange::Refused;
  if (outcome &&
      (!fits || (after > 0 && outcome->change == ManifestChange::Unchanged && pinned->trust == model::Trust::Broken)))
    outcome = co_await fetch(user, 0);
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

Async<vault::ManifestOutcome> DeviceLists::fetch(UserId user, qint64 after) {
  const auto page = co_await m_access.api().manifest(user, after);
  if (!page) co_return tl::unexpected(page.error());
  auto entries = toEntries(page->entries);
  if (!entries) {
    vault::ManifestOutcome refused;
    refused.change = ManifestChange::Refused;
    refused.reason = entries.error().code;
    co_return refused;
  }
  co_return co_await m_vault.manifests().apply(user, std::move(*entries));
}

}  // namespace gx::messenger
