// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/async.h"
#include "core/wire/manifest_dto.h"

namespace gx::server::domain {

// A verified manifest entry and what it does to the account's devices, in one act.
struct ManifestAct {
  wire::ManifestEntry entry;
  QByteArray entryHash;        // what the next entry names as prev_hash
  bool startsChain = false;    // version 1 of a new chain
  bool replacesChain = false;  // a chain may start although the old one lists devices
};

// Port. The device manifests (PROTOCOL.md 5). Callers verify signatures before; the repository holds order and state.
class ManifestRepository {
 public:
  virtual ~ManifestRepository() = default;

  // Versions above `after` of the newest chain, in order, at most `limit`.
  [[nodiscard]] virtual Async<std::vector<wire::ManifestEntry>> entries(UserId user, qint64 after, int limit) = 0;
  // Appends. "add" makes the pending device active, its uploaded identity key must be the entry's; "remove" revokes an
  // active one, which takes its tokens, prekeys and mailbox; an entry that starts a chain revokes every other active
  // device. Returns the revoked devices. Conflict manifest_conflict when version, previous hash or device state are not
  // as the entry assumes; Invalid too_many_devices above limits::kDevicesPerAccount.
  [[nodiscard]] virtual Async<std::vector<DeviceId>> append(ManifestAct act) = 0;
};

}  // namespace gx::server::domain
