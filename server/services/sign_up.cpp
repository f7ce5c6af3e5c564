// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/sign_up.h"

#include "core/base/bytes.h"
#include "server/services/account_name.h"
#include "server/services/password_rules.h"

namespace gx::server::services {

SignUp::SignUp(const domain::Ports &ports, PasswordHash &hash, const ServiceSettings &settings)
    : m_ports(ports), m_hash(hash), m_settings(settings) {}

Async<wire::RegisterResponse> SignUp::registerAccount(wire::RegisterRequest request, QByteArray address) {
  if (m_settings.registration == Registration::Closed)
    co_return fail(ErrorKind::Forbidden, "registration is closed", "registration_closed");
  if (const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::Registration, address); !allowed)
    co_return fail(allowed.error());
  std::optional<QByteArray> inviteHash;
  if (m_settings.registration == Registration::Invite) {
    if (!request.invite) co_return fail(ErrorKind::Forbidden, "an invite is needed", "invite_invalid");
    inviteHash = sha256(*request.invite);
  }
  const Result<QByteArray> name = accountName(request.account);
  if (!name) co_return fail(name.error());
  const Result<QByteArray> password = acceptablePassword(request.password);
  if (!password) co_return fail(password.error());
  Result<QByteArray> phc = co_await m_hash.make(*password);
  if (!phc) co_return fail(phc.error());
  const UserId id = newId<UserId>(m_ports.clock, m_ports.random);
  domain::Account account{id, *name, *phc, m_ports.clock.wallNow()};
  const Result<> made = co_await m_ports.accounts.create(account, inviteHash);
  if (!made) co_return fail(made.error());
  co_return wire::RegisterResponse{id, *name};
}

Async<UserId> SignUp::seed(QByteArray account, QByteArray password) {
  const Result<QByteArray> name = accountName(account);
  if (!name) co_return fail(name.error());
  const Result<QByteArray> normal = normalPassword(password);
  if (!normal) co_return fail(normal.error());
  // A demo names its accounts at every start; hashing hundreds of passwords for nothing would keep it from serving.
  if (const Result<domain::Account> there = co_await m_ports.accounts.find(*name); there)
    co_return fail(ErrorKind::Conflict, "the account is there already", "account_taken");
  Result<QByteArray> phc = co_await m_hash.make(*normal);
  if (!phc) co_return fail(phc.error());
  const UserId id = newId<UserId>(m_ports.clock, m_ports.random);
  domain::Account seeded{id, *name, *phc, m_ports.clock.wallNow()};
  const Result<> made = co_await m_ports.accounts.create(seeded, std::nullopt);
  if (!made) co_return fail(made.error());
  co_return id;
}

Async<QByteArray> SignUp::makeInvite(int uses, std::chrono::seconds life) {
  const QByteArray code = toBase64Url(m_ports.random.bytes(16));
  const WallTime expiresAt = m_ports.clock.wallNow() + life;
  const Result<> added = co_await m_ports.accounts.addInvite(sha256(code), uses, expiresAt);
  if (!added) co_return fail(added.error());
  co_return code;
}

}  // namespace gx::server::services
