// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <memory>

#include "core/net/access_tokens.h"
#include "core/net/api_client.h"
#include "core/net/rest_channel.h"
#include "core/vault/vault.h"

namespace gx::messenger {

// The REST side of one account: channel, tokens and API, with the refresh token kept in the vault. Shared by signing in
// and by the session that follows.
class RelayAccess final {
 public:
  RelayAccess(vault::Vault &vault, net::HttpClient &http, net::RelayAddress address);

  // Takes up the refresh token of an earlier run; Unauthorized if there is none.
  [[nodiscard]] Async<> restore();

  [[nodiscard]] net::ApiClient &api() { return m_api; }
  [[nodiscard]] net::AccessTokens &tokens() { return m_tokens; }
  [[nodiscard]] const net::RelayAddress &address() const { return m_channel.address(); }
  [[nodiscard]] net::HttpClient &http() { return m_channel.http(); }

  // Ends all calls; afterwards every call fails at once.
  [[nodiscard]] QCoro::Task<> shutdown();

 private:
  [[nodiscard]] net::AccessTokens::Owner owner();
  Async<wire::RefreshRequest> prepareRefresh();
  Async<> keep(wire::TokenPair pair);

  vault::Vault &m_vault;
  net::RestChannel m_channel;
  net::AccessTokens m_tokens;
  net::ApiClient m_api;
};

}  // namespace gx::messenger
