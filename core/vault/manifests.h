// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

#include "core/base/async.h"
#include "core/curve/manifest.h"
#include "core/model/contact.h"
#include "core/model/safety_number.h"

namespace gx::vault {

class VaultThread;

enum class ManifestChange {
  Unchanged,
  Extended,  // pinned for the first time, or a valid continuation
  NewRoot,   // a valid chain with another history: kept aside, nothing is sent until acceptNewRoot()
  Refused,   // broken, gap, rollback; `reason` is one of the codes of core/curve/manifest.h
};

struct ManifestOutcome {
  ManifestChange change = ManifestChange::Unchanged;
  quint64 version = 0;  // pinned now
  std::vector<DeviceId> added{};
  std::vector<DeviceId> removed{};
  QByteArray reason{};
};

// One account's device list as pinned here; version 0 if none is.
struct PinnedManifest {
  UserId user;
  quint64 version = 0;
  QByteArray hash;  // of the last entry
  std::vector<curve::ManifestDevice> devices;
  model::Trust trust = model::Trust::Unverified;
  QByteArray alarm{};  // why trust is Broken: a code of core/curve/manifest.h
};

// The verified device lists of everybody, our own account included: the only source of trust. Main thread.
class Manifests final {
 public:
  explicit Manifests(VaultThread &thread) : m_thread(thread) {}

  // What GET /keys/manifest served: a whole chain or what follows the pinned version; an empty list changes nothing.
  // After NewRoot or Refused ask again from version 0 before believing it.
  [[nodiscard]] Async<ManifestOutcome> apply(UserId user, std::vector<curve::ManifestEntry> served);
  [[nodiscard]] Async<PinnedManifest> pinned(UserId user);

  // The next signed entry of our own chain, made by this device; version 1 when none is pinned. It is pinned only by
  // apply() after the relay took it. `nameHash`: SHA-256 of the device name.
  [[nodiscard]] Async<curve::ManifestEntry> makeEntry(curve::ManifestOperation operation, DeviceId device,
                                                      curve::PublicKey identityKey, QByteArray nameHash);
  // Version 1 of a new chain naming this device alone ("--new-identity").
  [[nodiscard]] Async<curve::ManifestEntry> makeNewRoot(QByteArray nameHash);

  // Remembers who answered this device's linking, once a person said that both show the same digits: its word counts
  // now.
  [[nodiscard]] Async<> noteAnswer(DeviceId device, curve::PublicKey identityKey);
  // True if this device stands in its own list by its own word (as the root) or by that of the device that answered. By
  // anybody else's, the relay made the list up.
  [[nodiscard]] Async<bool> isRightlyListed();

  // The user compared the safety number. Conflict while trust is broken, NotFound without devices.
  [[nodiscard]] Async<> markVerified(UserId user, bool isVerified);
  // The user decided to go on: with the chain kept aside by NewRoot, or with the pinned one although the person's own
  // device named another (kManifestFork). Trust becomes Unverified; NotFound where there is nothing to decide.
  [[nodiscard]] Async<> acceptNewRoot(UserId user);
  // NotFound without pinned devices on either side.
  [[nodiscard]] Async<model::SafetyNumber> safetyNumber(UserId user);

 private:
  VaultThread &m_thread;
};

}  // namespace gx::vault
