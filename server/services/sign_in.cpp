// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/sign_in.h"

#include "core/base/logging.h"
#include "server/services/password_rules.h"

namespace gx::server::services {

namespace {

tl::unexpected<Error> wrongCredentials() {
  return fail(ErrorKind::Unauthorized, "account or password is wrong", "wrong_credentials");
}

}  // namespace

SignIn::SignIn(const domain::Ports &ports, PasswordHash &hash, Tokens &tokens, const ServiceSettings &settings)
    : m_ports(ports), m_hash(hash), m_tokens(tokens), m_settings(settings), m_brake(ports.clock) {}

Async<wire::LoginResponse> SignIn::login(wire::LoginRequest request, QByteArray address) {
  const QByteArray key = request.account + '\0' + address;
  if (const Result<> open = m_brake.check(key); !open) co_return fail(open.error());
  if (const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::LoginAddress, address); !allowed)
    co_return fail(allowed.error());
  m_brake.failed(key);
  const Result<domain::Account> account = co_await proven(request);
  if (!account) {
    if (account.error().kind != ErrorKind::Unauthorized) m_brake.undo(key);
    co_return fail(account.error());
  }
  m_brake.succeeded(key);
  m_ports.limiter.giveBack(domain::Limit::LoginAddress, address);

  domain::Device wanted;
  wanted.user = account->id;
  wanted.name = request.deviceName;
  auto started = co_await m_tokens.start(wanted);
  if (!started) co_return fail(started.error());
  wire::LoginResponse response;
  response.userId = account->id;
  response.account = account->name;
  response.deviceId = started->first.id;
  response.deviceState = started->first.state;
  response.serverTime = toMillis(m_ports.clock.wallNow());
  response.environment = m_settings.environment;
  response.tokens = started->second;
  co_return response;
}

// The same work whether there is such an account or not.
Async<domain::Account> SignIn::proven(wire::LoginRequest request) {
  const Result<QByteArray> password = normalPassword(request.password);
  if (!password) co_return wrongCredentials();
  const Result<domain::Account> account = co_await m_ports.accounts.find(request.account);
  if (!account && account.error().kind != ErrorKind::NotFound) co_return fail(account.error());
  const QByteArray phc = account ? account->passwordHash : m_hash.dummy();
  const Result<PasswordHash::Verdict> verdict = co_await m_hash.verify(*password, phc);
  if (!verdict) co_return fail(verdict.error());
  if (!account || !verdict->matches) co_return wrongCredentials();
  if (!verdict->isOutdated) co_return account;
  const Result<QByteArray> renewed = co_await m_hash.make(*password);
  if (renewed) {
    const Result<> kept = co_await m_ports.accounts.changePassword(account->id, *renewed);
    if (!kept) qCWarning(lcServerServices) << "a password hash could not be renewed:" << describe(kept.error());
  }
  co_return account;
}

}  // namespace gx::server::services
