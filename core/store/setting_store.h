// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <optional>

#include "core/store/database.h"

namespace gx::store {

// Settings of the account, by name.
class SettingStore final {
 public:
  explicit SettingStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<QString>> value(const QString &name);
  [[nodiscard]] Result<> set(const QString &name, const QString &value);

 private:
  Database &m_database;
};

}  // namespace gx::store
