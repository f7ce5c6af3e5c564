// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <functional>
#include <optional>

#include "core/base/async.h"
#include "core/base/secret_bytes.h"
#include "core/secrets/key_slots.h"

namespace gx::app {

// How a program gets to a profile's database key.
struct SlotPolicy {
  bool mayMakeKeyFile = false;  // gx-cli alone: a machine without keychain, prompt or passphrase file
  QString passphraseFile{};     // 0600
  // Asks a person, empty where there is nobody to ask. `isNew`: choose one (asked twice).
  std::function<Result<SecretBytes>(bool isNew)> askPassphrase{};
  std::function<Result<QString>()> askRecoveryCode{};
};

struct OpenedKey {
  SecretBytes key;
  secrets::SlotKind slot = secrets::SlotKind::Keychain;
};

// Opens the key of a profile by the slots it has, or makes a key and the best slot there is.
class SlotChoice final {
 public:
  SlotChoice(secrets::KeySlots &slots, SlotPolicy policy);

  // Key file, keychain, passphrase, recovery code, in this order. Locked (no_slot_opened) when none gave the key.
  [[nodiscard]] Async<OpenedKey> open();
  // Passphrase file, keychain, passphrase prompt, key file, in this order. Unavailable (no_slot_possible) when none can
  // be made.
  [[nodiscard]] Async<OpenedKey> create();

 private:
  Async<secrets::SlotKind> addBest(SecretBytes key);
  [[nodiscard]] Result<SecretBytes> passphrase(bool isNew) const;
  [[nodiscard]] Result<SecretBytes> openByPerson(secrets::SlotKind kind) const;

  secrets::KeySlots &m_slots;
  SlotPolicy m_policy;
};

// The secret in a file that nobody else may read, at most 64 KiB; errors: core/secrets/private_file.h. Newlines at its
// end do not count.
[[nodiscard]] Result<QByteArray> readPrivateFile(const QString &path);

}  // namespace gx::app
