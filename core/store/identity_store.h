// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/base/secret_bytes.h"
#include "core/store/database.h"

namespace gx::store {

// This device's identity at rest; which ids its next prekeys take.
struct IdentityRow {
  QByteArray publicKey;
  SecretBytes privateKey;
  quint32 registrationId = 0;
  SecretBytes recordKey;
};

class IdentityStore final {
 public:
  explicit IdentityStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<IdentityRow>> identity();
  // Once; Conflict afterwards.
  [[nodiscard]] Result<> insert(const IdentityRow &row);

  [[nodiscard]] Result<quint32> nextPreKeyId();
  [[nodiscard]] Result<> setNextPreKeyId(quint32 id);
  // Takes the next id of signed prekeys; never the same again.
  [[nodiscard]] Result<quint32> takeSignedPreKeyId();

  [[nodiscard]] Result<bool> isUploaded();
  [[nodiscard]] Result<> setUploaded();

 private:
  Database &m_database;
};

}  // namespace gx::store
