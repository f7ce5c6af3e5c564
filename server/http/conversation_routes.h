// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route_table.h"
#include "server/services/conversations.h"

namespace gx::server::http {

// /conversations.
class ConversationRoutes final {
 public:
  explicit ConversationRoutes(services::Conversations &conversations);

  // The routes keep pointing here.
  void addTo(RouteTable &table);

 private:
  [[nodiscard]] Async<RouteAnswer> create(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> list(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> find(RouteCall call);

  services::Conversations &m_conversations;
};

}  // namespace gx::server::http
