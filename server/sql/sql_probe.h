// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/health_probe.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

// Well when the store answers a read, takes a write, and no reader is far behind.
class SqlProbe final : public domain::HealthProbe {
 public:
  explicit SqlProbe(SqlStore &store) : m_store(store) {}

  [[nodiscard]] QByteArray name() const override { return "database"; }
  [[nodiscard]] bool isCritical() const override { return true; }
  [[nodiscard]] Async<> check() override;

 private:
  SqlStore &m_store;
};

}  // namespace gx::server::sql
