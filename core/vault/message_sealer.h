// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

#include "core/base/async.h"
#include "core/crypto/session.h"
#include "core/model/device_address.h"

namespace gx::vault {

class VaultThread;

// What must be fetched before an item can be sealed.
struct SealPlan {
  bool isSealed = false;                           // nothing: seal() returns the stored bytes
  std::vector<UserId> needManifest{};              // no device list pinned
  std::vector<UserId> blocked{};                   // trust is broken: not sendable until the user decides
  std::vector<model::DeviceAddress> needBundle{};  // no session, exhausted, or unanswered for 14 days
  std::vector<model::DeviceAddress> recipients{};  // all that get a copy: participants' and own other devices
};

struct SealedEnvelope {
  model::DeviceAddress to;
  quint32 registrationId = 0;
  crypto::Ciphertext ciphertext;

  bool operator==(const SealedEnvelope &) const = default;
};

// The body of POST /messages, the same bytes at each try.
struct SealedMessage {
  ConversationId conversation;
  ClientMessageId id;  // client_msg_id
  std::vector<SealedEnvelope> envelopes;

  bool operator==(const SealedMessage &) const = default;
};

// What a 409 or 410 answer named.
struct DeviceMismatch {
  std::vector<model::DeviceAddress> missing{};
  std::vector<model::DeviceAddress> extra{};
  std::vector<model::DeviceAddress> stale{};
};

// Content for devices: S2 of SECURITY.md 3g. Recipients come from the pinned manifests alone, never from the relay's
// word. Ratchet steps and ciphertexts are saved together, so that a crash re-sends the same bytes and never reuses a
// key. Main thread.
class MessageSealer final {
 public:
  explicit MessageSealer(VaultThread &thread) : m_thread(thread) {}

  [[nodiscard]] Async<SealPlan> plan(ClientMessageId item);
  // Those of `devices` that need a bundle before something can be sealed for them.
  [[nodiscard]] Async<std::vector<model::DeviceAddress>> sessionless(std::vector<model::DeviceAddress> devices);

  // `bundles` for what plan() named; others are ignored. Conflict (code needs_bundle) if one is still missing,
  // Untrusted if a bundle's identity is not the manifest's or a recipient's trust is broken, NotFound (needs_manifest).
  // An already sealed item gives its stored bytes, whatever the bundles.
  [[nodiscard]] Async<SealedMessage> seal(ClientMessageId item, std::vector<crypto::PreKeyBundle> bundles);

  // After 409/410, with the manifests of the named users brought up to date: adds `missing` (each must be in the pinned
  // manifest, else Untrusted), drops `extra`, seals anew for `stale` (each needs a bundle); all other bytes stay.
  [[nodiscard]] Async<SealedMessage> amend(ClientMessageId item, DeviceMismatch mismatch,
                                           std::vector<crypto::PreKeyBundle> bundles);

 private:
  VaultThread &m_thread;
};

namespace codes {
inline constexpr char kNeedsBundle[] = "needs_bundle";
inline constexpr char kNeedsManifest[] = "needs_manifest";
inline constexpr char kNeedsFacts[] = "needs_facts";  // NotFound: Archive::upsert() first
inline constexpr char kTrustBroken[] = "trust_broken";
inline constexpr char kUnknownDevice[] = "unknown_device";  // the relay named a device that no manifest lists
}  // namespace codes

}  // namespace gx::vault
