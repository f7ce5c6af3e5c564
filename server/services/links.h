// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/link_dto.h"
#include "server/domain/ports.h"

namespace gx::server::services {

// The notes of two devices while one is linked (PROTOCOL.md 5).
class Links final {
 public:
  explicit Links(const domain::Ports &ports);

  // By the pending device. Announces device.link to the account's active devices. Codes: link_conflict, forbidden,
  // rate_limited.
  [[nodiscard]] Async<wire::LinkState> put(domain::Principal who, wire::LinkPut put);
  // By an active device, for a pending one of its account: else not_found.
  [[nodiscard]] Async<wire::LinkState> answer(domain::Principal who, DeviceId device, wire::LinkAnswer answer);
  // By any device of the account.
  [[nodiscard]] Async<wire::LinkState> find(domain::Principal who, DeviceId device);

 private:
  [[nodiscard]] Async<> announce(UserId user, DeviceId device);

  domain::Ports m_ports;
};

}  // namespace gx::server::services
