// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <set>

#include "core/model/plaintext.h"
#include "core/vault/manifests.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// Device lists: what is served against what is pinned. Vault thread, inside the job's transaction.
class ManifestPins final {
 public:
  explicit ManifestPins(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<ManifestOutcome> apply(UserId user, const std::vector<curve::ManifestEntry> &served);
  [[nodiscard]] Result<PinnedManifest> pinned(UserId user);
  [[nodiscard]] Result<curve::ManifestEntry> makeEntry(curve::ManifestEntry draft);
  [[nodiscard]] Result<curve::ManifestEntry> makeNewRoot(const QByteArray &nameHash);
  [[nodiscard]] Result<> noteAnswer(DeviceId device, const curve::PublicKey &identityKey);
  [[nodiscard]] Result<bool> isRightlyListed();
  [[nodiscard]] Result<> markVerified(UserId user, bool isVerified);
  [[nodiscard]] Result<> acceptNewRoot(UserId user);
  [[nodiscard]] Result<model::SafetyNumber> safetyNumber(UserId user);

  // What a sender wrote about a device list, against ours: true if we know that version under another hash.
  [[nodiscard]] Result<bool> contradicts(UserId user, quint64 version, const QByteArray &hash);
  // `user` itself named this list of its devices, against ours: an alarm until acceptNewRoot(). False if the very same
  // was named before; what was accepted once is no news.
  [[nodiscard]] Result<bool> noteFork(UserId user, const model::ManifestStamp &named);
  // Devices that the pinned chain had and has no more; none while there is an alarm.
  [[nodiscard]] Result<std::set<DeviceId>> removedDevices(UserId user);
  // Nothing goes to or comes from `user` until the user decided.
  [[nodiscard]] Result<> raiseAlarm(UserId user, const QByteArray &reason);

 private:
  [[nodiscard]] Result<ManifestOutcome> refuse(UserId user, const curve::Manifest &pinned,
                                               const std::vector<curve::ManifestEntry> &served, const Error &why);
  [[nodiscard]] Result<> acceptFork(UserId user);
  [[nodiscard]] Result<> quietAlarm(UserId user, const std::vector<curve::ManifestEntry> &served);
  [[nodiscard]] Result<curve::ManifestEntry> signedEntry(curve::ManifestEntry entry);

  Strongroom &m_room;
};

}  // namespace gx::vault
