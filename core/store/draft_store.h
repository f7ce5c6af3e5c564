// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/model/draft.h"
#include "core/store/database.h"

namespace gx::store {

// One draft a conversation.
class DraftStore final {
 public:
  explicit DraftStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<model::Draft>> draft(ConversationId conversation);
  [[nodiscard]] Result<> put(const model::Draft &draft);
  [[nodiscard]] Result<> remove(ConversationId conversation);

 private:
  Database &m_database;
};

}  // namespace gx::store
