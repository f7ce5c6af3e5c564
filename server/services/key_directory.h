// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/keys_dto.h"
#include "server/domain/ports.h"
#include "server/services/rosters.h"

namespace gx::server::services {

// Public keys: taken from devices after their signatures were checked, handed out in bundles.
class KeyDirectory final {
 public:
  KeyDirectory(const domain::Ports &ports, Rosters &rosters);

  // Codes: invalid_keys, invalid_signature, key_conflict, identity_fixed.
  [[nodiscard]] Async<wire::KeyCount> upload(domain::Principal who, wire::KeyUpload keys);
  [[nodiscard]] Async<wire::KeyCount> reset(domain::Principal who, wire::KeyUpload keys);
  [[nodiscard]] Async<wire::KeyCount> count(domain::Principal who);
  [[nodiscard]] Async<wire::KeyAudit> audit(domain::Principal who);
  // Of oneself and of people one shares a conversation with, else not_found. rate_limited per requester and target
  // device: six, then one per ten minutes. Announces keys.low to a device that has few left.
  [[nodiscard]] Async<wire::BundleResponse> bundles(domain::Principal who, wire::BundleRequest request);
  [[nodiscard]] Async<wire::UserDevices> devicesOf(domain::Principal who, UserId user);

 private:
  [[nodiscard]] Async<> checkUpload(domain::Principal who, wire::KeyUpload keys);

  domain::Ports m_ports;
  Rosters &m_rosters;
};

}  // namespace gx::server::services
