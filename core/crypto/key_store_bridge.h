// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <signal_protocol.h>

#include <memory>
#include <optional>

#include "core/crypto/keyring.h"

namespace gx::crypto {

// What the C library sees of the store during one step with one peer. It reads the session it was given and our
// prekeys; what it writes is only collected here. Trust comes from the manifest alone: the library can neither save an
// identity nor change one. For core/crypto alone.
class KeyStoreBridge final {
 public:
  KeyStoreBridge(const Keyring &keyring, const model::DeviceAddress &peer, const curve::PublicKey &trusted);
  ~KeyStoreBridge();
  KeyStoreBridge(const KeyStoreBridge &) = delete;
  KeyStoreBridge &operator=(const KeyStoreBridge &) = delete;

  // Before the step. `signedPreKeyId` of a prekey message says which last-resort prekey is meant.
  void setSession(QByteArray record) { m_session = std::move(record); }
  void setSignedPreKeyId(quint32 id) { m_signedPreKeyId = id; }

  [[nodiscard]] signal_protocol_store_context *raw() const { return m_context; }
  [[nodiscard]] const signal_protocol_address *address() const { return &m_address; }

  // After the step: what the library stored and used up, and the store's own failure if there was one.
  [[nodiscard]] const std::optional<QByteArray> &storedSession() const { return m_storedSession; }
  [[nodiscard]] std::optional<quint32> usedPreKey() const { return m_usedPreKey; }
  [[nodiscard]] Error errorOf(int result, const char *action) const;

 private:
  void fillSessionStore();
  void fillPreKeyStores();
  void fillIdentityStore();

  int loadSession(signal_buffer **record);
  int loadPreKey(signal_buffer **record, quint32 id);
  int loadSignedPreKey(signal_buffer **record, quint32 id);
  int giveIdentity(signal_buffer **publicKey, signal_buffer **privateKey);
  [[nodiscard]] bool isTrusted(QByteArrayView key) const { return key == m_trusted.view(); }
  int opened(signal_buffer **record, RecordType type, quint32 id, const QByteArray &sealed);
  int failed(Error error);

  Keyring m_keyring;
  curve::PublicKey m_trusted;
  QByteArray m_name;  // the address borrows it
  signal_protocol_address m_address{};
  signal_protocol_store_context *m_context = nullptr;
  QByteArray m_session;
  std::optional<quint32> m_signedPreKeyId{};
  std::optional<QByteArray> m_storedSession{};
  std::optional<quint32> m_usedPreKey{};
  std::optional<Error> m_failure{};
};

}  // namespace gx::crypto
