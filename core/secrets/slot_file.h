// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/passphrase_key.h"

namespace gx::secrets {

enum class SlotKind : quint8 { Keychain, Passphrase, RecoveryCode, KeyFile };

[[nodiscard]] QString slotName(SlotKind kind);  // "keychain", "passphrase", "recovery_code", "key_file"

// One way to the database key: the key wrapped with what the slot's owner keeps or knows.
struct Slot {
  SlotKind kind = SlotKind::Passphrase;
  QByteArray wrapped;             // 72 bytes
  QByteArray salt{};              // of the passphrase
  crypto::PassphraseCost cost{};  // of the passphrase

  bool operator==(const Slot &) const = default;
};

// slots.json of a profile: version and at most one slot of each kind.
struct SlotFile {
  QString profileId;  // names the secret in the keychain: 32 hex characters, made with the file
  std::vector<Slot> slots_{};

  bool operator==(const SlotFile &) const = default;
};

// NotFound: no file. Corrupt: not ours. Unsupported: newer.
[[nodiscard]] Result<SlotFile> readSlotFile(const QString &path);
[[nodiscard]] Result<> writeSlotFile(const QString &path, const SlotFile &file);

}  // namespace gx::secrets
