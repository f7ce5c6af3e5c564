// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/account_dto.h"
#include "server/domain/ports.h"
#include "server/services/guess_brake.h"
#include "server/services/password_hash.h"
#include "server/services/tokens.h"

namespace gx::server::services {

// Passwords against devices.
class SignIn final {
 public:
  SignIn(const domain::Ports &ports, PasswordHash &hash, Tokens &tokens, const ServiceSettings &settings);

  // Makes a pending device. Codes: wrong_credentials (also for unknown accounts, after the same work), rate_limited,
  // unavailable.
  [[nodiscard]] Async<wire::LoginResponse> login(wire::LoginRequest request, QByteArray address);

 private:
  [[nodiscard]] Async<domain::Account> proven(wire::LoginRequest request);

  domain::Ports m_ports;
  PasswordHash &m_hash;
  Tokens &m_tokens;
  const ServiceSettings &m_settings;
  GuessBrake m_brake;
};

}  // namespace gx::server::services
