// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/relay_access.h"

#include "core/base/crash_point.h"

namespace gx::messenger {

RelayAccess::RelayAccess(vault::Vault &vault, net::HttpClient &http, net::RelayAddress address)
    : m_vault(vault),
      m_channel(http, std::move(address)),
      m_tokens(m_channel, http.clock(), owner()),
      m_api(m_channel, m_tokens) {}

Async<> RelayAccess::restore() {
  auto attempt = co_await m_vault.account().beginRefresh();
  if (!attempt) co_return tl::unexpected(attempt.error());
  wire::TokenPair pair;
  pair.refreshToken = attempt->refreshToken.view().toByteArray();
  m_tokens.adopt(std::move(pair));
  co_return Result<>();
}

QCoro::Task<> RelayAccess::shutdown() {
  co_await m_api.shutdown();
  co_await m_tokens.shutdown();
}

net::AccessTokens::Owner RelayAccess::owner() {
  net::AccessTokens::Owner owner;
  owner.prepare = [this](const QByteArray &) { return prepareRefresh(); };
  owner.keep = [this](wire::TokenPair pair) { return keep(std::move(pair)); };
  return owner;
}

Async<wire::RefreshRequest> RelayAccess::prepareRefresh() {
  auto attempt = co_await m_vault.account().beginRefresh();
  if (!attempt) co_return tl::unexpected(attempt.error());
  wire::RefreshRequest request;
  request.refreshToken = attempt->refreshToken.view().toByteArray();
  request.requestId = attempt->requestId;
  auto signature = co_await m_vault.deviceKeys().sign(request.signedBytes());
  if (!signature) co_return tl::unexpected(signature.error());
  request.signature = *signature;
  co_return request;
}

Async<> RelayAccess::keep(wire::TokenPair pair) {
  crashPoint("C21");
  SecretBytes token{QByteArrayView(pair.refreshToken)};
  return m_vault.account().finishRefresh(std::move(token));
}

}  // namespace gx::messenger
