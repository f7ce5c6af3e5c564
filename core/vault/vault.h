// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <memory>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/secret_bytes.h"
#include "core/vault/account_book.h"
#include "core/vault/archive.h"
#include "core/vault/device_keys.h"
#include "core/vault/manifests.h"
#include "core/vault/message_opener.h"
#include "core/vault/message_sealer.h"
#include "core/vault/outbox_journal.h"

namespace gx::vault {

class VaultThread;

// Error::code of what opening refuses, and of what any later act can meet.
namespace codes {
inline constexpr char kUnreadable[] = "store_unreadable";  // Untrusted: another key, damaged first page, or not ours
inline constexpr char kCorrupt[] = "store_corrupt";        // Corrupt
inline constexpr char kNewer[] = "store_newer";            // Unsupported: written by a later version
inline constexpr char kReadOnly[] = "store_read_only";     // Storage
inline constexpr char kDiskFull[] = "disk_full";           // Full
inline constexpr char kBusy[] = "store_busy";              // Locked: another process
inline constexpr char kPlain[] = "store_plain";            // Internal: the cipher is not active; nothing was written
}  // namespace codes

// The one place where crypto meets store, of one profile. Owns the vault thread with the database, the Signal context
// and the stores; lives on the main thread. Every method of its parts is one job on that thread and ONE transaction:
// when the task ends well it is on disk, when it ends in an Error nothing of it is.
class Vault final {
 public:
  // Opens or creates `file` (".../store.db") with a raw key of 32 bytes.
  [[nodiscard]] static Async<std::unique_ptr<Vault>> open(QString file, SecretBytes key, Clock &clock, Random &random);
  ~Vault();
  Vault(const Vault &) = delete;
  Vault &operator=(const Vault &) = delete;

  [[nodiscard]] AccountBook &account() { return m_account; }
  [[nodiscard]] DeviceKeys &deviceKeys() { return m_deviceKeys; }
  [[nodiscard]] Manifests &manifests() { return m_manifests; }
  [[nodiscard]] OutboxJournal &outbox() { return m_outbox; }
  [[nodiscard]] MessageSealer &sealer() { return m_sealer; }
  [[nodiscard]] MessageOpener &opener() { return m_opener; }
  [[nodiscard]] Archive &archive() { return m_archive; }

  // Removes what has outlived its time: old prekeys, resend log, quarantine, ids of seen letters, words of deleted
  // lines. At start and daily.
  [[nodiscard]] Async<> tidyUp();
  // The restored-backup case (SECURITY.md 3g): all sessions archived, all prekeys new, message chains moved ahead.
  [[nodiscard]] Async<> recoverFromRollback();
  // Checkpoints and closes; every later call fails with Cancelled. The destructor does the same without an answer.
  [[nodiscard]] Async<> close();

 private:
  explicit Vault(std::unique_ptr<VaultThread> thread);

  std::unique_ptr<VaultThread> m_thread;
  AccountBook m_account;
  DeviceKeys m_deviceKeys;
  Manifests m_manifests;
  OutboxJournal m_outbox;
  MessageSealer m_sealer;
  MessageOpener m_opener;
  Archive m_archive;
};

}  // namespace gx::vault
