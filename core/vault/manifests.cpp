// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/manifests.h"

#include "core/vault/manifest_pins.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<ManifestOutcome> Manifests::apply(UserId user, std::vector<curve::ManifestEntry> served) {
  return m_thread.run([user, served](Strongroom &room) { return ManifestPins(room).apply(user, served); });
}

Async<PinnedManifest> Manifests::pinned(UserId user) {
  return m_thread.run([user](Strongroom &room) { return ManifestPins(room).pinned(user); });
}

Async<curve::ManifestEntry> Manifests::makeEntry(curve::ManifestOperation operation, DeviceId device,
                                                 curve::PublicKey identityKey, QByteArray nameHash) {
  curve::ManifestEntry draft;
  draft.operation = operation;
  draft.device = device;
  draft.identityKey = identityKey;
  draft.nameHash = nameHash;
  return m_thread.run([draft](Strongroom &room) { return ManifestPins(room).makeEntry(draft); });
}

Async<curve::ManifestEntry> Manifests::makeNewRoot(QByteArray nameHash) {
  return m_thread.run([nameHash](Strongroom &room) { return ManifestPins(room).makeNewRoot(nameHash); });
}

Async<> Manifests::noteAnswer(DeviceId device, curve::PublicKey identityKey) {
  return m_thread.run(
      [device, identityKey](Strongroom &room) { return ManifestPins(room).noteAnswer(device, identityKey); });
}

Async<bool> Manifests::isRightlyListed() {
  return m_thread.run([](Strongroom &room) { return ManifestPins(room).isRightlyListed(); });
}

Async<> Manifests::markVerified(UserId user, bool isVerified) {
  return m_thread.run(
      [user, isVerified](Strongroom &room) { return ManifestPins(room).markVerified(user, isVerified); });
}

Async<> Manifests::acceptNewRoot(UserId user) {
  return m_thread.run([user](Strongroom &room) { return ManifestPins(room).acceptNewRoot(user); });
}

Async<model::SafetyNumber> Manifests::safetyNumber(UserId user) {
  return m_thread.run([user](Strongroom &room) { return ManifestPins(room).safetyNumber(user); });
}

}  // namespace gx::vault
