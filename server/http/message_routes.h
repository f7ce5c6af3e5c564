// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route_table.h"
#include "server/services/mailbox.h"
#include "server/services/message_relay.h"

namespace gx::server::http {

// /messages: sending and fetching without realtime.
class MessageRoutes final {
 public:
  MessageRoutes(services::MessageRelay &relay, services::Mailbox &mailbox);

  // The routes keep pointing here.
  void addTo(RouteTable &table);

 private:
  [[nodiscard]] Async<RouteAnswer> send(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> fetch(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> acknowledge(RouteCall call);

  services::MessageRelay &m_relay;
  services::Mailbox &m_mailbox;
};

}  // namespace gx::server::http
