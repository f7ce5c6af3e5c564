// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/account_dto.h"
#include "core/wire/manifest_dto.h"
#include "server/domain/ports.h"
#include "server/services/rosters.h"
#include "server/services/tokens.h"

namespace gx::server::services {

// Devices of an account and their signed manifest.
class Devices final {
 public:
  Devices(const domain::Ports &ports, Tokens &tokens, Rosters &rosters);

  [[nodiscard]] Async<wire::DeviceList> list(domain::Principal who);
  // Pending ones only: manifest_conflict for active, not_found for foreign ones.
  [[nodiscard]] Async<> remove(domain::Principal who, DeviceId device);
  // Of oneself and of people one shares a conversation with; else not_found.
  [[nodiscard]] Async<wire::ManifestPage> manifest(domain::Principal who, UserId user, qint64 after);
  // Codes: invalid_manifest, invalid_signature, manifest_conflict, too_many_devices, forbidden. Activates or revokes,
  // ends the revoked devices' connections and announces manifest.changed.
  [[nodiscard]] Async<wire::ManifestAppended> append(domain::Principal who, wire::ManifestAppend request);

 private:
  [[nodiscard]] Async<> announceChange(UserId user, qint64 version);

  domain::Ports m_ports;
  Tokens &m_tokens;
  Rosters &m_rosters;
};

}  // namespace gx::server::services
