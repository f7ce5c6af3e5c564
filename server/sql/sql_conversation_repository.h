// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/conversation_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlConversationRepository final : public domain::ConversationRepository {
 public:
  explicit SqlConversationRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<domain::OpenedConversation> openDirect(domain::DirectConversation wanted) override;
  [[nodiscard]] Async<wire::ConversationInfo> find(ConversationId id, UserId member) override;
  [[nodiscard]] Async<wire::ConversationPage> list(UserId member, std::optional<ConversationId> after,
                                                   int limit) override;
  [[nodiscard]] Async<domain::Roster> roster(ConversationId id) override;
  [[nodiscard]] Async<std::vector<UserId>> sharingWith(UserId user, std::vector<UserId> others) override;
  [[nodiscard]] Async<std::vector<DeviceId>> audience(UserId user) override;

 private:
  [[nodiscard]] static Result<wire::ConversationInfo> info(SqlConnection &db, const ConversationId &id);
  [[nodiscard]] static Result<> insertDirect(SqlConnection &db, const domain::DirectConversation &wanted,
                                             const QByteArray &key);
  [[nodiscard]] static Result<domain::Roster> readRoster(SqlConnection &db, const ConversationId &id);

  SqlStore &m_store;
};

}  // namespace gx::server::sql
