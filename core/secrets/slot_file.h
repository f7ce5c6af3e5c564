// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/passphrase_key.h"

namespace gx::secrets {

enum class SlotKind : quint8 { Keychain, Passphrase, RecoveryCode, KeyFile };

[[nodiscard]] QString slotName(SlotKind kind);  // "keychain", "passphrase", "recovery_code", "key_file"

// One way to the database key: the key wrapped with what the slot's owner keeps or knows.
struct Slot {
  SlotKind kind = SlotKind::Passphrase;
  QByteArray wrapped;             // crypto::kWrappedKeySize bytes
  QByteArray salt;                // 16 bytes: of the passphrase or code; of the keychain, what names its secret
  crypto::PassphraseCost cost{};  // of the passphrase

  bool operator==(const Slot &) const = default;
};

// slots.json of a profile: at most one slot of each kind.
//
//   {"version":1, "profile":"<32 hex>", "slots":[{"kind","wrapped","salt","operations"?,"memory"?}…]}
struct SlotFile {
  QByteArray profile;  // 32 hex characters, made with the file
  std::vector<Slot> entries{};

  [[nodiscard]] const Slot *find(SlotKind kind) const;
  bool operator==(const SlotFile &) const = default;
};

// NotFound: no file. Corrupt: not ours. Unsupported: newer. Forbidden: others may read it.
[[nodiscard]] Result<SlotFile> readSlotFile(const QString &path);
[[nodiscard]] Result<> writeSlotFile(const QString &path, const SlotFile &file);

}  // namespace gx::secrets
