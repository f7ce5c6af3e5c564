// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/model/message.h"
#include "core/store/database.h"

namespace gx::store {

// Reactions: one per person and sign.
class ReactionStore final {
 public:
  static constexpr int kMaxPerPerson = 20;

  explicit ReactionStore(Database &database) : m_database(database) {}

  // A sign that is there already, or one too many of a person, changes nothing.
  [[nodiscard]] Result<> put(qint64 message, UserId user, const QString &emoji);
  [[nodiscard]] Result<> remove(qint64 message, UserId user, const QString &emoji);
  [[nodiscard]] Result<> removeAll(qint64 message);
  [[nodiscard]] Result<std::vector<model::MessageReaction>> of(qint64 message);

 private:
  Database &m_database;
};

}  // namespace gx::store
