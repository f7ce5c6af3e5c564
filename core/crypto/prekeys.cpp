// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/prekeys.h"

#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"
#include "core/crypto/signing.h"

namespace gx::crypto {

namespace {

struct SerializedPreKey {
  QByteArray publicKey;
  QByteArray sealedRecord;
};

Result<SignalRef<ec_key_pair>> newKeyPair(const Keyring &keyring) {
  SignalRef<ec_key_pair> pair;
  const int result = curve_generate_key_pair(keyring.context.raw(), pair.out());
  if (result < 0) return fail(signalError(result, "curve_generate_key_pair"));
  return pair;
}

Result<QByteArray> publicBytes(const ec_key_pair *pair) {
  SignalBuffer bytes;
  const int result = ec_public_key_serialize(bytes.out(), ec_key_pair_get_public(pair));
  if (result < 0) return fail(signalError(result, "ec_public_key_serialize"));
  return bytes.bytes();
}

// `place`: id of the prekey, or of the signed prekey that a last-resort prekey belongs to.
Result<SerializedPreKey> newPreKey(const Keyring &keyring, RecordType type, quint32 id, quint32 place) {
  const auto pair = newKeyPair(keyring);
  if (!pair) return tl::unexpected(pair.error());
  const Result<QByteArray> publicKey = publicBytes(pair->get());
  if (!publicKey) return tl::unexpected(publicKey.error());
  SignalRef<session_pre_key> preKey;
  int result = session_pre_key_create(preKey.out(), id, pair->get());
  if (result < 0) return fail(signalError(result, "session_pre_key_create"));
  SignalBuffer record;
  result = session_pre_key_serialize(record.out(), preKey.get());
  if (result < 0) return fail(signalError(result, "session_pre_key_serialize"));
  return SerializedPreKey{*publicKey, keyring.seal.seal(type, QByteArray::number(place), record.view())};
}

Result<QByteArray> signedRecord(const ec_key_pair *pair, quint32 id, const QByteArray &signature, WallTime now) {
  SignalRef<session_signed_pre_key> key;
  int result = session_signed_pre_key_create(key.out(), id, static_cast<uint64_t>(toMillis(now)),
                                             const_cast<ec_key_pair *>(pair), octets(signature), length(signature));
  if (result < 0) return fail(signalError(result, "session_signed_pre_key_create"));
  SignalBuffer record;
  result = session_signed_pre_key_serialize(record.out(), key.get());
  if (result < 0) return fail(signalError(result, "session_signed_pre_key_serialize"));
  return record.bytes();
}

Result<StoredSignedPreKey> newSignedPreKey(const Keyring &keyring, quint32 id) {
  const auto pair = newKeyPair(keyring);
  if (!pair) return tl::unexpected(pair.error());
  const Result<QByteArray> publicKey = publicBytes(pair->get());
  if (!publicKey) return tl::unexpected(publicKey.error());
  const Result<QByteArray> signature = sign(keyring.context, keyring.identity, *publicKey);
  if (!signature) return tl::unexpected(signature.error());
  const WallTime now = keyring.clock.wallNow();
  const Result<QByteArray> record = signedRecord(pair->get(), id, *signature, now);
  if (!record) return tl::unexpected(record.error());
  const auto lastResort = newPreKey(keyring, RecordType::LastResortPreKey, kLastResortPreKeyId, id);
  if (!lastResort) return tl::unexpected(lastResort.error());
  StoredSignedPreKey stored;
  stored.id = id;
  stored.publicKey = *publicKey;
  stored.signature = *signature;
  stored.record = keyring.seal.seal(RecordType::SignedPreKey, QByteArray::number(id), *record);
  stored.lastResortPublicKey = lastResort->publicKey;
  stored.lastResortRecord = lastResort->sealedRecord;
  stored.createdAt = now;
  return stored;
}

}  // namespace

Result<std::vector<PublicPreKey>> makePreKeys(const Keyring &keyring, quint32 firstId, int count) {
  if (firstId == 0 || firstId > kMaxPreKeyId || count < 0) return fail(ErrorKind::Internal, "prekey id out of range");
  std::vector<PublicPreKey> made;
  quint32 id = firstId;
  for (int i = 0; i < count; ++i, id = nextPreKeyId(id, 1)) {
    const auto preKey = newPreKey(keyring, RecordType::PreKey, id, id);
    if (!preKey) return tl::unexpected(preKey.error());
    const Result<> stored = keyring.store.putPreKey({id, preKey->publicKey, preKey->sealedRecord});
    if (!stored) return tl::unexpected(stored.error());
    made.push_back({id, preKey->publicKey});
  }
  return made;
}

Result<PublicSignedPreKey> makeSignedPreKey(const Keyring &keyring, quint32 id) {
  if (id == 0 || id > kMaxPreKeyId) return fail(ErrorKind::Internal, "signed prekey id out of range");
  const Result<StoredSignedPreKey> key = newSignedPreKey(keyring, id);
  if (!key) return tl::unexpected(key.error());
  const Result<> stored = keyring.store.putSignedPreKey(*key);
  if (!stored) return tl::unexpected(stored.error());
  return PublicSignedPreKey{id, key->publicKey, key->signature, key->lastResortPublicKey};
}

quint32 nextPreKeyId(quint32 firstId, int count) {
  return (firstId - 1 + static_cast<quint32>(count)) % kMaxPreKeyId + 1;
}

}  // namespace gx::crypto
