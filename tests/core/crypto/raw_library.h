// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <protocol.h>
#include <session_builder.h>
#include <session_cipher.h>
#include <signal_protocol.h>

#include <map>

#include "core/crypto/signal_handles.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::test {

// The C library as one would use it without our wrapper: it trusts at first sight and keeps what it is told to save.
// Shows that a hole is still there; what our Session does about it stands beside.
class RawLibrary final {
 public:
  explicit RawLibrary(CryptoPeer &owner) : m_owner(owner) {
    signal_protocol_store_context_create(&m_store, owner.context->raw());
    fillStores();
  }
  ~RawLibrary() { signal_protocol_store_context_destroy(m_store); }
  RawLibrary(const RawLibrary &) = delete;
  RawLibrary &operator=(const RawLibrary &) = delete;

  // The library's result; negative is an error.
  int decryptPreKey(const QByteArray &bytes) {
    crypto::SignalRef<pre_key_signal_message> message;
    int result = pre_key_signal_message_deserialize(message.out(), crypto::octets(bytes), crypto::length(bytes),
                                                    m_owner.context->raw());
    if (result < 0) return result;
    crypto::SignalBuffer plaintext;
    return withCipher([&](session_cipher *cipher) {
      return session_cipher_decrypt_pre_key_signal_message(cipher, message.get(), nullptr, plaintext.out());
    });
  }
  int decrypt(const QByteArray &bytes) {
    crypto::SignalRef<signal_message> message;
    int result =
        signal_message_deserialize(message.out(), crypto::octets(bytes), crypto::length(bytes), m_owner.context->raw());
    if (result < 0) return result;
    crypto::SignalBuffer plaintext;
    return withCipher([&](session_cipher *cipher) {
      return session_cipher_decrypt_signal_message(cipher, message.get(), nullptr, plaintext.out());
    });
  }
  int encrypt(QByteArrayView text) {
    crypto::SignalRef<ciphertext_message> message;
    return withCipher([&](session_cipher *cipher) {
      return session_cipher_encrypt(cipher, crypto::octets(text), crypto::length(text), message.out());
    });
  }

  QByteArray savedIdentity;
  QByteArray session;
  bool trustsEverybody = true;

 private:
  template <typename Act>
  int withCipher(Act act) {
    session_cipher *cipher = nullptr;
    session_cipher_create(&cipher, m_store, &m_address, m_owner.context->raw());
    const int result = act(cipher);
    session_cipher_free(cipher);
    return result;
  }

  static RawLibrary *self(void *data) { return static_cast<RawLibrary *>(data); }
  static int give(signal_buffer **out, QByteArrayView bytes) {
    *out = signal_buffer_create(crypto::octets(bytes), crypto::length(bytes));
    return SG_SUCCESS;
  }
  int giveRecord(signal_buffer **out, crypto::RecordType type, quint32 id, const QByteArray &sealed) {
    const auto payload = m_owner.seal.open(type, QByteArray::number(id), sealed);
    return payload ? give(out, *payload) : SG_ERR_INVALID_KEY_ID;
  }

  void fillStores() {
    signal_protocol_session_store sessions{};
    sessions.load_session_func = [](signal_buffer **record, signal_buffer **, const signal_protocol_address *,
                                    void *data) {
      if (self(data)->session.isEmpty()) return 0;
      give(record, self(data)->session);
      return 1;
    };
    sessions.store_session_func = [](const signal_protocol_address *, uint8_t *record, size_t size, uint8_t *, size_t,
                                     void *data) {
      self(data)->session = QByteArray(reinterpret_cast<char *>(record), static_cast<qsizetype>(size));
      return SG_SUCCESS;
    };
    sessions.contains_session_func = [](const signal_protocol_address *, void *data) {
      return self(data)->session.isEmpty() ? 0 : 1;
    };
    sessions.user_data = this;
    signal_protocol_store_context_set_session_store(m_store, &sessions);
    fillKeyStores();
    fillIdentityStore();
  }
  void fillKeyStores() {
    signal_protocol_pre_key_store prekeys{};
    prekeys.load_pre_key = [](signal_buffer **record, uint32_t id, void *data) {
      const auto key = *self(data)->m_owner.store.preKey(id);
      return key ? self(data)->giveRecord(record, crypto::RecordType::PreKey, id, key->record) : SG_ERR_INVALID_KEY_ID;
    };
    prekeys.remove_pre_key = [](uint32_t, void *) { return SG_SUCCESS; };
    prekeys.user_data = this;
    signal_protocol_store_context_set_pre_key_store(m_store, &prekeys);
    signal_protocol_signed_pre_key_store signedPreKeys{};
    signedPreKeys.load_signed_pre_key = [](signal_buffer **record, uint32_t id, void *data) {
      const auto key = *self(data)->m_owner.store.signedPreKey(id);
      return key ? self(data)->giveRecord(record, crypto::RecordType::SignedPreKey, id, key->record)
                 : SG_ERR_INVALID_KEY_ID;
    };
    signedPreKeys.user_data = this;
    signal_protocol_store_context_set_signed_pre_key_store(m_store, &signedPreKeys);
  }
  void fillIdentityStore() {
    signal_protocol_identity_key_store identities{};
    identities.get_identity_key_pair = [](signal_buffer **publicKey, signal_buffer **privateKey, void *data) {
      give(publicKey, self(data)->m_owner.identity.publicKey.view());
      return give(privateKey, self(data)->m_owner.identity.privateKey.view());
    };
    identities.get_local_registration_id = [](void *data, uint32_t *id) {
      *id = self(data)->m_owner.identity.registrationId;
      return SG_SUCCESS;
    };
    identities.save_identity = [](const signal_protocol_address *, uint8_t *key, size_t size, void *data) {
      if (key) self(data)->savedIdentity = QByteArray(reinterpret_cast<char *>(key), static_cast<qsizetype>(size));
      return 1;
    };
    identities.is_trusted_identity = [](const signal_protocol_address *, uint8_t *, size_t, void *data) {
      return self(data)->trustsEverybody ? 1 : 0;
    };
    identities.user_data = this;
    signal_protocol_store_context_set_identity_key_store(m_store, &identities);
  }

  CryptoPeer &m_owner;
  signal_protocol_address m_address{"peer", 4, 1};
  signal_protocol_store_context *m_store = nullptr;
};

// A genuine prekey message with another identity key outside: what a relay can do without any key.
inline QByteArray withOuterIdentity(CryptoPeer &peer, const QByteArray &bytes, const curve::PublicKey &identity) {
  crypto::SignalRef<pre_key_signal_message> genuine;
  if (pre_key_signal_message_deserialize(genuine.out(), crypto::octets(bytes), crypto::length(bytes),
                                         peer.context->raw()) < 0)
    return {};
  crypto::SignalRef<ec_public_key> key;
  if (curve_decode_point(key.out(), crypto::octets(identity.view()), 33, peer.context->raw()) < 0) return {};
  const uint32_t preKeyId = pre_key_signal_message_get_pre_key_id(genuine.get());
  crypto::SignalRef<pre_key_signal_message> forged;
  if (pre_key_signal_message_create(forged.out(), 3, pre_key_signal_message_get_registration_id(genuine.get()),
                                    &preKeyId, pre_key_signal_message_get_signed_pre_key_id(genuine.get()),
                                    pre_key_signal_message_get_base_key(genuine.get()), key.get(),
                                    pre_key_signal_message_get_signal_message(genuine.get()), peer.context->raw()) < 0)
    return {};
  return crypto::SignalBuffer::viewOf(
             ciphertext_message_get_serialized(reinterpret_cast<ciphertext_message *>(forged.get())))
      .toByteArray();
}

}  // namespace gx::test
