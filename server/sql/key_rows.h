// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/wire/limits.h"
#include "server/domain/device.h"
#include "server/domain/prekey_repository.h"
#include "server/sql/mailbox_book.h"

// Statements about "UserSignalKey" and "SignalPreKey". Inside the caller's transaction.
namespace gx::server::sql {

struct StoredKeys {
  DeviceId device;
  UserId user;
  QByteArray identityKey;
  quint32 registrationId = 0;
  wire::SignedPreKey signedPreKey;
  QByteArray lastResortPreKey;
  qint64 generation = 0;
};

[[nodiscard]] Result<std::optional<StoredKeys>> findKeys(SqlConnection &db, DeviceId device);
// The first upload: everything must be named.
[[nodiscard]] Result<> insertKeys(SqlConnection &db, DeviceId device, const wire::KeyUpload &keys, WallTime now);
// What the upload names of the key row, over what `present` says.
[[nodiscard]] Result<> changeKeys(SqlConnection &db, MailboxBook &book, const StoredKeys &present,
                                  const wire::KeyUpload &keys);
[[nodiscard]] Result<> addPreKeys(SqlConnection &db, DeviceId device, const QList<wire::PreKey> &preKeys);
[[nodiscard]] Result<wire::KeyCount> countKeys(SqlConnection &db, DeviceId device);
// Takes the lowest one-time prekey, else the last-resort one.
[[nodiscard]] Result<domain::ClaimedBundle> claimBundle(SqlConnection &db, const domain::Device &device, WallTime now);

}  // namespace gx::server::sql
