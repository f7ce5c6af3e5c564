// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/setting_store.h"

namespace gx::store {

Result<std::optional<QString>> SettingStore::value(const QString &name) {
  return m_database.statement("SELECT value FROM setting WHERE name = :name")
      .bind(":name", name)
      .first([](const Statement &row) { return row.text(0); });
}

Result<> SettingStore::set(const QString &name, const QString &value) {
  return m_database.statement("INSERT OR REPLACE INTO setting(name, value) VALUES (:name, :value)")
      .bind(":name", name)
      .bind(":value", value)
      .run();
}

}  // namespace gx::store
