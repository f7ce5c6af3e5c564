// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/model/contact.h"
#include "core/store/database.h"

namespace gx::store {

// People. Their trust is not kept here: it is what the device list says.
class ContactStore final {
 public:
  explicit ContactStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<model::Contact>> contact(UserId user);
  // Adds the person, or sets the account name; the rest of a known one stays.
  [[nodiscard]] Result<> ensure(UserId user, const QString &account);
  [[nodiscard]] Result<> update(const model::Contact &contact);
  [[nodiscard]] Result<std::optional<UserId>> userOf(const QString &account);

 private:
  Database &m_database;
};

}  // namespace gx::store
