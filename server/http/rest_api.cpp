// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/rest_api.h"

#include "server/http/openapi_route.h"

namespace gx::server::http {

RestApi::RestApi(RestServices services, wire::RelayInfo info, Router::Means means)
    : m_accounts(services.signUp, services.signIn, services.tokens, services.devices),
      m_keys(services.keys, services.devices, services.links),
      m_conversations(services.conversations),
      m_messages(services.relay, services.mailbox),
      m_router(
          m_table, [&tokens = services.tokens](QByteArray token) { return tokens.check(std::move(token)); }, means) {
  addOpenApiRoute(m_table, std::move(info));
  m_accounts.addTo(m_table);
  m_keys.addTo(m_table);
  m_conversations.addTo(m_table);
  m_messages.addTo(m_table);
}

}  // namespace gx::server::http
