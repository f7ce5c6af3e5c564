// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/crypto/keyring.h"
#include "core/crypto/prekey_bundle.h"
#include "core/crypto/signal_error.h"

namespace gx::crypto {

class KeyStoreBridge;
struct SessionRecord;

enum class CiphertextType : quint8 { PreKey = 1, Message = 2 };

struct Ciphertext {
  CiphertextType type = CiphertextType::Message;
  QByteArray bytes;

  bool operator==(const Ciphertext &) const = default;
};

struct Opened {
  QByteArray plaintext;         // without padding
  bool isNewSession = false;    // the sender started a session with this message
  bool usedLastPreKey = false;  // made with the last-resort prekey: refill soon

  bool operator==(const Opened &) const = default;
};

struct SessionStatus {
  bool exists = false;        // can encrypt now
  bool isUnanswered = false;  // still sends prekey messages
  quint32 sentOnChain = 0;    // since the other side last answered
  quint32 remoteRegistrationId = 0;
  WallTime startedAt{};
  bool needsRenewal = false;  // fetch a bundle first: none, chain exhausted, or unanswered for 14 days

  bool operator==(const SessionStatus &) const = default;
};

// The sessions with one device, for one step: made, used, thrown away. Holds the whole wrapper contract of
// SECURITY.md 3.0: checks what goes into the C library, stages what it writes, and writes to the store only after all
// checks passed. Vault thread, inside a transaction of the caller, who rolls back on failure.
class Session final {
 public:
  static constexpr quint32 kMaxUnanswered = 1000;
  static constexpr qsizetype kMaxCiphertext = 96 * 1024;
  static constexpr int kMaxArchivedStates = 5;

  Session(const Keyring &keyring, const model::DeviceAddress &peer);

  // Starts a session; an existing one is archived and still opens what is on its way.
  [[nodiscard]] Result<> build(const PreKeyBundle &bundle);
  // Pads and encrypts.
  [[nodiscard]] Result<Ciphertext> encrypt(QByteArrayView plaintext);
  [[nodiscard]] Result<Opened> decrypt(const Ciphertext &ciphertext);
  [[nodiscard]] Result<SessionStatus> status();
  // Puts the current state away so that the next message needs a bundle. Nothing is deleted.
  [[nodiscard]] Result<> archive();

 private:
  // The key the manifest names; Untrusted if it names none.
  [[nodiscard]] Result<curve::PublicKey> trustedIdentity() const;
  // A damaged record goes into quarantine and counts as none.
  [[nodiscard]] Result<SessionRecord> loadOrReplace() const;
  [[nodiscard]] Result<> checkSending(const SessionRecord &record, const curve::PublicKey &trusted) const;
  [[nodiscard]] Result<QByteArray> open(const Ciphertext &ciphertext, KeyStoreBridge &bridge) const;

  Keyring m_keyring;
  model::DeviceAddress m_peer;
};

}  // namespace gx::crypto
