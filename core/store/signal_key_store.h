// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/crypto/key_store.h"
#include "core/store/database.h"

namespace gx::store {

// Sessions and prekeys as core/crypto asks for them. Trust comes from manifest_device, which ManifestStore alone
// writes.
class SignalKeyStore final : public crypto::KeyStore {
 public:
  explicit SignalKeyStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<curve::PublicKey>> trustedIdentity(const model::DeviceAddress &device) override;

  [[nodiscard]] Result<std::optional<QByteArray>> session(const model::DeviceAddress &device) override;
  [[nodiscard]] Result<> putSession(const model::DeviceAddress &device, const QByteArray &record) override;
  [[nodiscard]] Result<> quarantineSession(const model::DeviceAddress &device) override;

  [[nodiscard]] Result<std::optional<crypto::StoredPreKey>> preKey(quint32 id) override;
  [[nodiscard]] Result<> putPreKey(const crypto::StoredPreKey &key) override;
  [[nodiscard]] Result<> removePreKey(quint32 id) override;

  [[nodiscard]] Result<std::optional<crypto::StoredSignedPreKey>> signedPreKey(quint32 id) override;
  [[nodiscard]] Result<> putSignedPreKey(const crypto::StoredSignedPreKey &key) override;

  [[nodiscard]] Result<bool> wasBaseKeyUsed(const QByteArray &hash) override;
  [[nodiscard]] Result<> rememberBaseKey(const QByteArray &hash, quint32 signedPreKeyId) override;

  // Every device there is a session with.
  [[nodiscard]] Result<std::vector<model::DeviceAddress>> sessions();
  // When the session was last put away because of a failure; nothing if never.
  [[nodiscard]] Result<std::optional<WallTime>> renewedAt(const model::DeviceAddress &device);
  [[nodiscard]] Result<> setRenewedAt(const model::DeviceAddress &device, WallTime when);

 private:
  Database &m_database;
};

}  // namespace gx::store
