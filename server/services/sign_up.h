// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/account_dto.h"
#include "server/domain/ports.h"
#include "server/services/password_hash.h"
#include "server/services/service_settings.h"

namespace gx::server::services {

// Makes accounts.
class SignUp final {
 public:
  SignUp(const domain::Ports &ports, PasswordHash &hash, const ServiceSettings &settings);

  // `address` is the peer's, for the rate limit. Codes: registration_closed, invite_invalid, invalid_account,
  // invalid_password, account_taken, rate_limited, unavailable.
  [[nodiscard]] Async<wire::RegisterResponse> registerAccount(wire::RegisterRequest request, QByteArray address);
  // For demo and test accounts: whatever `registration` says, and without the password rules. Conflict account_taken.
  [[nodiscard]] Async<UserId> seed(QByteArray account, QByteArray password);
  // Admits `uses` registrations until `life` has passed; returns the code, shown once.
  [[nodiscard]] Async<QByteArray> makeInvite(int uses, std::chrono::seconds life);

 private:
  domain::Ports m_ports;
  PasswordHash &m_hash;
  const ServiceSettings &m_settings;
};

}  // namespace gx::server::services
