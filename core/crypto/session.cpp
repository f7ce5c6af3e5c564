// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/session.h"

#include <protocol.h>
#include <session_builder.h>
#include <session_cipher.h>

#include <chrono>

#include "core/base/bytes.h"
#include "core/crypto/key_store_bridge.h"
#include "core/crypto/padding.h"
#include "core/crypto/session_record.h"
#include "core/crypto/signal_handles.h"

namespace gx::crypto {

namespace {

constexpr std::chrono::hours kMaxUnansweredAge{14 * 24};

using BuilderHandle = std::unique_ptr<session_builder, decltype(&session_builder_free)>;
using CipherHandle = std::unique_ptr<session_cipher, decltype(&session_cipher_free)>;

tl::unexpected<Error> noSession() {
  return fail(ErrorKind::NotFound, "no session", codes::kNoSession);
}

Result<SignalRef<ec_public_key>> decoded(SignalContext &context, QByteArrayView key) {
  SignalRef<ec_public_key> point;
  const int result = curve_decode_point(point.out(), octets(key), length(key), context.raw());
  if (result < 0) return fail(signalError(result, "curve_decode_point"));
  return point;
}

Result<SignalRef<session_pre_key_bundle>> rawBundle(SignalContext &context, const PreKeyBundle &bundle) {
  const auto identity = decoded(context, bundle.identityKey);
  const auto signedKey = decoded(context, bundle.signedPreKey.key);
  if (!identity) return tl::unexpected(identity.error());
  if (!signedKey) return tl::unexpected(signedKey.error());
  SignalRef<ec_public_key> oneTime;
  if (bundle.preKey) {
    auto key = decoded(context, bundle.preKey->key);
    if (!key) return tl::unexpected(key.error());
    oneTime = *std::move(key);
  }
  SignalRef<session_pre_key_bundle> raw;
  const QByteArray &signature = bundle.signedPreKey.signature;
  const int result = session_pre_key_bundle_create(
      raw.out(), bundle.registrationId, static_cast<int>(bundle.device.value), bundle.preKey ? bundle.preKey->id : 0,
      oneTime.get(), bundle.signedPreKey.id, signedKey->get(), octets(signature), length(signature), identity->get());
  if (result < 0) return fail(signalError(result, "session_pre_key_bundle_create"));
  return raw;
}

}  // namespace

Session::Session(const Keyring &keyring, const model::DeviceAddress &peer) : m_keyring(keyring), m_peer(peer) {}

Result<> Session::build(const PreKeyBundle &bundle) {
  const Result<curve::PublicKey> trusted = trustedIdentity();
  if (!trusted) return tl::unexpected(trusted.error());
  Result<> checked = checkBundle(bundle, *trusted);
  if (!checked) return checked;
  if (bundle.device != m_peer.device) return fail(ErrorKind::Invalid, "bundle of another device", codes::kBadShape);
  const Result<SessionRecord> record = loadOrReplace();
  if (!record) return tl::unexpected(record.error());
  const auto raw = rawBundle(m_keyring.context, bundle);
  if (!raw) return tl::unexpected(raw.error());

  KeyStoreBridge bridge(m_keyring, m_peer, *trusted);
  bridge.setSession(record->bytes);
  session_builder *builder = nullptr;
  int result = session_builder_create(&builder, bridge.raw(), bridge.address(), m_keyring.context.raw());
  if (result < 0) return fail(signalError(result, "session_builder_create"));
  const BuilderHandle handle(builder, session_builder_free);
  result = session_builder_process_pre_key_bundle(builder, raw->get());
  if (result < 0) return fail(bridge.errorOf(result, "session_builder_process_pre_key_bundle"));
  if (!bridge.storedSession()) return fail(ErrorKind::Internal, "no session was stored");
  return SessionRecord{m_keyring.clock.wallNow(), *bridge.storedSession()}.save(m_keyring, m_peer);
}

Result<Ciphertext> Session::encrypt(QByteArrayView plaintext) {
  const Result<curve::PublicKey> trusted = trustedIdentity();
  if (!trusted) return tl::unexpected(trusted.error());
  const Result<SessionRecord> record = SessionRecord::load(m_keyring, m_peer);
  if (!record) return tl::unexpected(record.error());
  const Result<> checked = checkSending(*record, *trusted);
  if (!checked) return tl::unexpected(checked.error());

  KeyStoreBridge bridge(m_keyring, m_peer, *trusted);
  bridge.setSession(record->bytes);
  session_cipher *cipher = nullptr;
  int result = session_cipher_create(&cipher, bridge.raw(), bridge.address(), m_keyring.context.raw());
  if (result < 0) return fail(signalError(result, "session_cipher_create"));
  const CipherHandle handle(cipher, session_cipher_free);
  const QByteArray padded = pad(plaintext);
  SignalRef<ciphertext_message> message;
  result = session_cipher_encrypt(cipher, octets(padded), length(padded), message.out());
  if (result < 0) return fail(bridge.errorOf(result, "session_cipher_encrypt"));
  if (!bridge.storedSession()) return fail(ErrorKind::Internal, "no session was stored");

  const bool isPreKey = ciphertext_message_get_type(message.get()) == CIPHERTEXT_PREKEY_TYPE;
  Ciphertext ciphertext{isPreKey ? CiphertextType::PreKey : CiphertextType::Message,
                        SignalBuffer::viewOf(ciphertext_message_get_serialized(message.get())).toByteArray()};
  if (ciphertext.bytes.size() > kMaxCiphertext) return fail(ErrorKind::TooLarge, "ciphertext over its limit");
  const Result<> saved = SessionRecord{record->startedAt, *bridge.storedSession()}.save(m_keyring, m_peer);
  if (!saved) return tl::unexpected(saved.error());
  return ciphertext;
}

Result<SessionStatus> Session::status() {
  const Result<SessionRecord> record = SessionRecord::load(m_keyring, m_peer);
  if (!record && record.error().code == codes::kSessionDamaged) return SessionStatus{.needsRenewal = true};
  if (!record) return tl::unexpected(record.error());
  const Result<RecordShape> shape = record->shape();
  if (!shape) return tl::unexpected(shape.error());
  if (!shape->current || !shape->current->hasSenderChain) return SessionStatus{.needsRenewal = true};
  const StateShape &state = *shape->current;
  const bool isOld = state.isPending && m_keyring.clock.wallNow() - record->startedAt > kMaxUnansweredAge;
  return SessionStatus{.exists = true,
                       .isUnanswered = state.isPending,
                       .sentOnChain = state.senderIndex,
                       .remoteRegistrationId = state.remoteRegistrationId,
                       .startedAt = record->startedAt,
                       .needsRenewal = isOld || state.senderIndex >= kMaxUnanswered};
}

Result<> Session::archive() {
  const Result<SessionRecord> record = SessionRecord::load(m_keyring, m_peer);
  if (!record) return tl::unexpected(record.error());
  const Result<RecordShape> shape = record->shape();
  if (!shape) return tl::unexpected(shape.error());
  if (!shape->current || shape->current->isBlank()) return {};
  RecordShape archived;
  archived.archived.push_back(*shape->current);
  archived.archived.insert(archived.archived.end(), shape->archived.begin(), shape->archived.end());
  const QByteArray bytes = archived.toBytes(kMaxArchivedStates);
  return SessionRecord{record->startedAt, bytes}.save(m_keyring, m_peer);
}

Result<curve::PublicKey> Session::trustedIdentity() const {
  const auto trusted = m_keyring.store.trustedIdentity(m_peer);
  if (!trusted) return tl::unexpected(trusted.error());
  if (!*trusted) return fail(ErrorKind::Untrusted, "device is not in the manifest", codes::kUntrustedIdentity);
  return **trusted;
}

Result<SessionRecord> Session::loadOrReplace() const {
  Result<SessionRecord> record = SessionRecord::load(m_keyring, m_peer);
  if (record || record.error().code != codes::kSessionDamaged) return record;
  const Result<> moved = m_keyring.store.quarantineSession(m_peer);
  if (!moved) return tl::unexpected(moved.error());
  return SessionRecord{};
}

// The library asks nobody before it encrypts (M3), and never stops (M6).
Result<> Session::checkSending(const SessionRecord &record, const curve::PublicKey &trusted) const {
  const Result<RecordShape> shape = record.shape();
  if (!shape) return tl::unexpected(shape.error());
  if (!shape->current || !shape->current->hasSenderChain) return noSession();
  if (shape->current->remoteIdentity != trusted.view())
    return fail(ErrorKind::Untrusted, "session with another identity", codes::kUntrustedIdentity);
  if (shape->current->senderIndex >= kMaxUnanswered)
    return fail(ErrorKind::Conflict, "too many messages without an answer", codes::kChainExhausted);
  return {};
}

}  // namespace gx::crypto
