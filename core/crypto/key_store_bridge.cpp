// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/key_store_bridge.h"

#include "core/crypto/prekeys.h"
#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"

namespace gx::crypto {

namespace {

KeyStoreBridge *bridge(void *self) {
  return static_cast<KeyStoreBridge *>(self);
}

QByteArrayView viewOf(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

int give(signal_buffer **output, QByteArrayView bytes) {
  *output = signal_buffer_create(octets(bytes), length(bytes));
  return *output ? SG_SUCCESS : SG_ERR_NOMEM;
}

}  // namespace

KeyStoreBridge::KeyStoreBridge(const Keyring &keyring, const model::DeviceAddress &peer,
                               const curve::PublicKey &trusted)
    : m_keyring(keyring), m_trusted(trusted), m_name(toText(peer.user)) {
  m_address.name = m_name.constData();
  m_address.name_len = length(m_name);
  m_address.device_id = static_cast<int32_t>(peer.device.value);
  if (signal_protocol_store_context_create(&m_context, keyring.context.raw()) < 0) qFatal("out of memory");
  fillSessionStore();
  fillPreKeyStores();
  fillIdentityStore();
}

KeyStoreBridge::~KeyStoreBridge() {
  signal_protocol_store_context_destroy(m_context);
}

Error KeyStoreBridge::errorOf(int result, const char *action) const {
  return m_failure ? *m_failure : signalError(result, action);
}

void KeyStoreBridge::fillSessionStore() {
  signal_protocol_session_store store{};
  store.load_session_func = [](signal_buffer **record, signal_buffer **, const signal_protocol_address *, void *self) {
    return bridge(self)->loadSession(record);
  };
  store.store_session_func = [](const signal_protocol_address *, uint8_t *record, size_t size, uint8_t *, size_t,
                                void *self) {
    bridge(self)->m_storedSession = viewOf(record, size).toByteArray();
    return SG_SUCCESS;
  };
  store.contains_session_func = [](const signal_protocol_address *, void *self) {
    return bridge(self)->m_session.isEmpty() ? 0 : 1;
  };
  store.get_sub_device_sessions_func = [](signal_int_list **, const char *, size_t, void *) { return SG_ERR_INVAL; };
  store.delete_session_func = [](const signal_protocol_address *, void *) { return SG_ERR_INVAL; };
  store.delete_all_sessions_func = [](const char *, size_t, void *) { return SG_ERR_INVAL; };
  store.user_data = this;
  signal_protocol_store_context_set_session_store(m_context, &store);
}

void KeyStoreBridge::fillPreKeyStores() {
  signal_protocol_pre_key_store prekeys{};
  prekeys.load_pre_key = [](signal_buffer **record, uint32_t id, void *self) {
    return bridge(self)->loadPreKey(record, id);
  };
  prekeys.remove_pre_key = [](uint32_t id, void *self) {
    bridge(self)->m_usedPreKey = id;
    return SG_SUCCESS;
  };
  prekeys.store_pre_key = [](uint32_t, uint8_t *, size_t, void *) { return SG_ERR_INVAL; };
  prekeys.contains_pre_key = [](uint32_t, void *) { return SG_ERR_INVAL; };
  prekeys.user_data = this;
  signal_protocol_store_context_set_pre_key_store(m_context, &prekeys);

  signal_protocol_signed_pre_key_store signedPreKeys{};
  signedPreKeys.load_signed_pre_key = [](signal_buffer **record, uint32_t id, void *self) {
    return bridge(self)->loadSignedPreKey(record, id);
  };
  signedPreKeys.store_signed_pre_key = [](uint32_t, uint8_t *, size_t, void *) { return SG_ERR_INVAL; };
  signedPreKeys.contains_signed_pre_key = [](uint32_t, void *) { return SG_ERR_INVAL; };
  signedPreKeys.remove_signed_pre_key = [](uint32_t, void *) { return SG_ERR_INVAL; };
  signedPreKeys.user_data = this;
  signal_protocol_store_context_set_signed_pre_key_store(m_context, &signedPreKeys);
}

void KeyStoreBridge::fillIdentityStore() {
  signal_protocol_identity_key_store store{};
  store.get_identity_key_pair = [](signal_buffer **publicKey, signal_buffer **privateKey, void *self) {
    return bridge(self)->giveIdentity(publicKey, privateKey);
  };
  store.get_local_registration_id = [](void *self, uint32_t *id) {
    *id = bridge(self)->m_keyring.identity.registrationId;
    return SG_SUCCESS;
  };
  // Called before the inner MAC is checked (M1), and with null to take that back: neither changes anything here.
  store.save_identity = [](const signal_protocol_address *, uint8_t *key, size_t size, void *self) {
    if (!key) return SG_SUCCESS;
    return bridge(self)->isTrusted(viewOf(key, size)) ? SG_SUCCESS : SG_ERR_UNTRUSTED_IDENTITY;
  };
  store.is_trusted_identity = [](const signal_protocol_address *, uint8_t *key, size_t size, void *self) {
    return bridge(self)->isTrusted(viewOf(key, size)) ? 1 : 0;
  };
  store.user_data = this;
  signal_protocol_store_context_set_identity_key_store(m_context, &store);
}

int KeyStoreBridge::loadSession(signal_buffer **record) {
  const QByteArray &session = m_storedSession ? *m_storedSession : m_session;
  if (session.isEmpty()) return 0;
  const int result = give(record, session);
  return result < 0 ? result : 1;
}

int KeyStoreBridge::loadPreKey(signal_buffer **record, quint32 id) {
  if (id == kLastResortPreKeyId) {
    if (!m_signedPreKeyId) return SG_ERR_INVALID_KEY_ID;
    const auto pair = m_keyring.store.signedPreKey(*m_signedPreKeyId);
    if (!pair) return failed(pair.error());
    if (!*pair) return SG_ERR_INVALID_KEY_ID;
    return opened(record, RecordType::LastResortPreKey, *m_signedPreKeyId, (*pair)->lastResortRecord);
  }
  const auto stored = m_keyring.store.preKey(id);
  if (!stored) return failed(stored.error());
  if (!*stored) return SG_ERR_INVALID_KEY_ID;
  return opened(record, RecordType::PreKey, id, (*stored)->record);
}

int KeyStoreBridge::loadSignedPreKey(signal_buffer **record, quint32 id) {
  const auto stored = m_keyring.store.signedPreKey(id);
  if (!stored) return failed(stored.error());
  if (!*stored) return SG_ERR_INVALID_KEY_ID;
  return opened(record, RecordType::SignedPreKey, id, (*stored)->record);
}

int KeyStoreBridge::giveIdentity(signal_buffer **publicKey, signal_buffer **privateKey) {
  const int result = give(publicKey, m_keyring.identity.publicKey.view());
  return result < 0 ? result : give(privateKey, m_keyring.identity.privateKey.view());
}

// A prekey record that is damaged is as good as gone.
int KeyStoreBridge::opened(signal_buffer **record, RecordType type, quint32 id, const QByteArray &sealed) {
  const Result<QByteArray> payload = m_keyring.seal.open(type, QByteArray::number(id), sealed);
  if (!payload) return SG_ERR_INVALID_KEY_ID;
  return give(record, *payload);
}

int KeyStoreBridge::failed(Error error) {
  m_failure = std::move(error);
  return SG_ERR_MINIMUM - 1;
}

}  // namespace gx::crypto
