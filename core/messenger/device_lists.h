// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <vector>

#include "core/messenger/manifest_pages.h"
#include "core/messenger/relay_access.h"

namespace gx::messenger {

// Brings the pinned device manifests up to date. What a relay says is believed only as far as the vault's chain allows.
class DeviceLists final : public QObject {
  Q_OBJECT
 public:
  DeviceLists(RelayAccess &access, vault::Vault &vault);

  // Asks for the whole chain and pins what the vault accepts of it. Errors: of the network; a chain that is refused is
  // no error here but a broken trust.
  [[nodiscard]] Async<vault::ManifestOutcome> refresh(UserId user);

  // Appends a signed entry of our own chain at the relay, then pins it.
  [[nodiscard]] Async<> append(curve::ManifestEntry entry, bool newChain);

 Q_SIGNALS:
  // Somebody's devices changed; `change` NewRoot or Refused: nothing is sent to this person until the user decided.
  void listChanged(const gx::UserId &user, gx::vault::ManifestChange change);

 private:
  RelayAccess &m_access;
  vault::Vault &m_vault;
  ManifestPages m_pages;
};

}  // namespace gx::messenger
