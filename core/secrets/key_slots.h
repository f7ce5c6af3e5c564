// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <vector>

#include "core/base/random.h"
#include "core/secrets/secret_store.h"
#include "core/secrets/slot_file.h"

namespace gx::secrets {

// The ways to the random 256-bit database key of one profile folder (slots.json; the key-file slot also has `key`).
// Each slot opens alone. A new key is never made where a database or slots exist. Files are written whole (temporary
// file, fsync, rename), mode 0600. Main thread.
class KeySlots final {
 public:
  KeySlots(QString folder, SecretStore &keychain, Random &random);

  // The kinds of slots.json. NotFound: a new profile. Corrupt: the file is damaged, the caller must not start anew over
  // it.
  [[nodiscard]] Result<std::vector<SlotKind>> kinds() const;

  // A new database key, in memory only: add a slot before anything is encrypted with it. Conflict if slots.json or
  // store.db exist.
  [[nodiscard]] Result<SecretBytes> makeKey();

  // Each takes the key as it is now and adds the slot or replaces the one of its kind.
  [[nodiscard]] Async<> addKeychain(SecretBytes key);
  [[nodiscard]] Result<> addPassphrase(const SecretBytes &key, const SecretBytes &passphrase,
                                       const crypto::PassphraseCost &cost = crypto::PassphraseCost::moderate());
  // Returns the code, shown once: 8 groups of 4.
  [[nodiscard]] Result<QString> addRecoveryCode(const SecretBytes &key);
  [[nodiscard]] Result<> addKeyFile(const SecretBytes &key);

  // NotFound: no such slot, or the keychain does not (or not yet) give its part. Untrusted: wrong passphrase, code or
  // file. Invalid: not even the shape of a code. Forbidden: others may read the key file.
  [[nodiscard]] Async<SecretBytes> openWithKeychain();
  [[nodiscard]] Result<SecretBytes> openWithPassphrase(const SecretBytes &passphrase) const;
  [[nodiscard]] Result<SecretBytes> openWithRecoveryCode(const QString &code) const;
  [[nodiscard]] Result<SecretBytes> openWithKeyFile() const;

  // Conflict if it is the last one.
  [[nodiscard]] Async<> remove(SlotKind kind);
  // The profile is erased: takes away what lies outside and inside the folder, slots.json last.
  [[nodiscard]] Async<> eraseAll();

  static constexpr char kSlotFileName[] = "slots.json";
  static constexpr char kKeyFileName[] = "key";
  static constexpr char kDatabaseName[] = "store.db";

 private:
  struct Wrapping {
    SlotKind kind;
    const SecretBytes &key;
    const SecretBytes &with;
    QByteArray profile;
    QByteArray salt{};  // a new one if empty
  };

  [[nodiscard]] QString path(const char *name) const;
  [[nodiscard]] Result<SlotFile> fileOrNew() const;
  [[nodiscard]] Result<SecretBytes> readKeyFile() const;
  [[nodiscard]] Result<Slot> wrap(const Wrapping &wrapping);
  [[nodiscard]] Result<> put(SlotFile file, const Slot &slot);
  [[nodiscard]] static tl::unexpected<Error> noSlot();

  QString m_folder;
  SecretStore &m_keychain;
  Random &m_random;
};

}  // namespace gx::secrets
