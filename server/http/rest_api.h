// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/account_routes.h"
#include "server/http/conversation_routes.h"
#include "server/http/key_routes.h"
#include "server/http/message_routes.h"
#include "server/http/router.h"

namespace gx::server::http {

// The services REST speaks to; all outlive it.
struct RestServices {
  services::SignUp &signUp;
  services::SignIn &signIn;
  services::Tokens &tokens;
  services::Devices &devices;
  services::KeyDirectory &keys;
  services::Links &links;
  services::Conversations &conversations;
  services::MessageRelay &relay;
  services::Mailbox &mailbox;
};

// Everything under /api/v1, ready to be mounted. Lives in its worker's thread.
class RestApi final {
 public:
  RestApi(RestServices services, wire::RelayInfo info, Router::Means means);
  RestApi(const RestApi &) = delete;
  RestApi &operator=(const RestApi &) = delete;

  [[nodiscard]] Router &router() { return m_router; }
  [[nodiscard]] const Router &router() const { return m_router; }
  [[nodiscard]] const RouteTable &routes() const { return m_table; }

 private:
  RouteTable m_table;
  AccountRoutes m_accounts;
  KeyRoutes m_keys;
  ConversationRoutes m_conversations;
  MessageRoutes m_messages;
  Router m_router;
};

}  // namespace gx::server::http
