// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/curve/manifest_entry.h"

namespace gx::curve {

// Why a chain was refused: Error::code of ErrorKind::Untrusted.
inline constexpr char kManifestBroken[] = "manifest_broken";      // signature, field or order wrong
inline constexpr char kManifestGap[] = "manifest_gap";            // does not follow what is pinned
inline constexpr char kManifestRollback[] = "manifest_rollback";  // older than what is pinned
inline constexpr char kManifestFork[] = "manifest_fork";          // another history than what is pinned
inline constexpr char kManifestNewRoot[] = "manifest_new_root";   // another first device than what is pinned

struct ManifestDevice {
  DeviceId device;
  PublicKey identityKey;
  quint64 addedAt = 0;  // version of the entry that added it

  bool operator==(const ManifestDevice &) const = default;
};

// The verified device list of one account: a chain of signed entries, each checked against the list before it. Holds
// only verified entries; grows, never shrinks. A value, any thread.
class Manifest final {
 public:
  static constexpr std::size_t kMaxEntries = 1000;
  static constexpr std::size_t kMaxDevices = 6;

  explicit Manifest(UserId account) : m_account(account) {}

  // A whole chain from its first entry.
  [[nodiscard]] static Result<Manifest> verify(UserId account, std::span<const ManifestEntry> entries);
  // The next entry, signed by a device listed now. Nothing changes on failure.
  [[nodiscard]] Result<> append(const ManifestEntry &entry);
  // What a relay served against what is pinned here: a whole chain, or any tail of it that overlaps or follows. The
  // same or a longer history is taken; an older one, another one or one with a hole is refused and nothing changes.
  [[nodiscard]] Result<> advance(std::span<const ManifestEntry> served);

  [[nodiscard]] UserId account() const { return m_account; }
  [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }
  [[nodiscard]] quint64 version() const { return m_entries.empty() ? 0 : m_entries.back().version; }
  [[nodiscard]] QByteArray hash() const;  // of the last entry; 32 zeros when empty
  [[nodiscard]] const std::vector<ManifestEntry> &entries() const { return m_entries; }
  // Active devices by device id.
  [[nodiscard]] const std::vector<ManifestDevice> &devices() const { return m_devices; }
  [[nodiscard]] std::optional<PublicKey> identityOf(DeviceId device) const;
  [[nodiscard]] PublicKey root() const;  // identity key of the first device; null when empty

  bool operator==(const Manifest &) const = default;

 private:
  [[nodiscard]] Result<> checkLink(const ManifestEntry &entry) const;
  [[nodiscard]] std::optional<PublicKey> signerOf(const ManifestEntry &entry) const;
  void apply(const ManifestEntry &entry);

  UserId m_account;
  std::vector<ManifestEntry> m_entries;
  std::vector<QByteArray> m_hashes;  // one per entry
  std::vector<ManifestDevice> m_devices;
};

}  // namespace gx::curve
