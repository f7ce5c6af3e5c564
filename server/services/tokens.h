// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/wire/account_dto.h"
#include "server/domain/ports.h"
#include "server/services/service_settings.h"
#include "server/services/token_cache.h"

namespace gx::server::services {

// Access and refresh tokens (PROTOCOL.md 4, SECURITY.md 3.2).
class Tokens final {
 public:
  Tokens(const domain::Ports &ports, const ServiceSettings &settings);

  // Unauthorized unauthorized for anything but a living access token. Ends at once, without a query, for one seen
  // lately.
  [[nodiscard]] Async<domain::Principal> check(QByteArray accessToken);
  // The same from memory alone; empty when only check() can tell.
  [[nodiscard]] std::optional<domain::Principal> known(QByteArrayView accessToken);
  // Codes: unauthorized, token_reused, refresh_in_progress, rate_limited.
  [[nodiscard]] Async<wire::TokenPair> refresh(wire::RefreshRequest request);
  // Revokes all tokens of the device at once, here and in its connections; a pending device is deleted.
  [[nodiscard]] Async<> logout(domain::Principal who);

  // Adds the device with its first tokens; picks its id.
  [[nodiscard]] Async<std::pair<domain::Device, wire::TokenPair>> start(domain::Device device);
  // The store already took the device's tokens: forget them here, end its connections.
  void dropped(DeviceId device);
  // The device became active.
  void activated(DeviceId device);

 private:
  struct Fresh {
    wire::TokenPair pair;
    domain::AccessRecord access;
    domain::RefreshRecord refresh;
  };
  [[nodiscard]] Fresh makeTokens(QByteArray family, WallTime familyEndsAt);
  [[nodiscard]] Async<> checkOwner(wire::RefreshRequest request, domain::RefreshOwner owner);
  [[nodiscard]] Async<wire::TokenPair> rotate(wire::RefreshRequest request, domain::RefreshOwner owner);

  domain::Ports m_ports;
  const ServiceSettings &m_settings;
  TokenCache m_cache;
  quint64 m_round = 0;  // grows with each revocation: what was read before must not be cached
};

}  // namespace gx::server::services
