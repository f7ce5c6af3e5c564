// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/wire/conversation_dto.h"
#include "server/domain/ports.h"

namespace gx::server::services {

// Finds people and opens conversations with them.
class Conversations final {
 public:
  explicit Conversations(const domain::Ports &ports);

  // Codes: with_self, not_found, bad_request (not exactly one account), rate_limited.
  [[nodiscard]] Async<domain::OpenedConversation> create(domain::Principal who, wire::ConversationCreate request);
  [[nodiscard]] Async<wire::ConversationPage> list(domain::Principal who, std::optional<ConversationId> after,
                                                   int limit);
  [[nodiscard]] Async<wire::ConversationInfo> find(domain::Principal who, ConversationId id);

 private:
  domain::Ports m_ports;
};

}  // namespace gx::server::services
