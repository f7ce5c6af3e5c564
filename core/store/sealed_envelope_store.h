// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/crypto/session.h"
#include "core/store/database.h"

namespace gx::store {

struct SealedRow {
  model::DeviceAddress to;
  quint32 registrationId = 0;
  crypto::Ciphertext ciphertext;

  bool operator==(const SealedRow &) const = default;
};

// The sealed bytes of outbox items, until the relay took them: what is sent again after a crash.
class SealedEnvelopeStore final {
 public:
  explicit SealedEnvelopeStore(Database &database) : m_database(database) {}

  // By device id.
  [[nodiscard]] Result<std::vector<SealedRow>> of(qint64 outboxPosition);
  [[nodiscard]] Result<> put(qint64 outboxPosition, const SealedRow &row);
  [[nodiscard]] Result<> remove(qint64 outboxPosition, const model::DeviceAddress &to);
  [[nodiscard]] Result<> removeAll(qint64 outboxPosition);

 private:
  Database &m_database;
};

}  // namespace gx::store
