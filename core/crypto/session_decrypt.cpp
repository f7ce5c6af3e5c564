// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <protocol.h>
#include <session_cipher.h>

#include "core/base/bytes.h"
#include "core/crypto/key_store_bridge.h"
#include "core/crypto/message_shape.h"
#include "core/crypto/padding.h"
#include "core/crypto/session.h"
#include "core/crypto/session_record.h"
#include "core/crypto/signal_handles.h"

// The receiving half of Session: what it checks before, around and after the C library.
namespace gx::crypto {

namespace {

constexpr quint32 kMaxSkip = 2000;  // the library stops there too, but only after it did the work for every state

// The letter as far as it was understood.
struct Letter {
  MessageShape message;
  std::optional<PreKeyMessageShape> start{};  // of a prekey message
};

Result<Letter> shapeOf(const Ciphertext &ciphertext) {
  if (ciphertext.bytes.size() > Session::kMaxCiphertext)
    return fail(ErrorKind::TooLarge, "ciphertext over its limit", codes::kBadShape);
  if (ciphertext.type == CiphertextType::PreKey)
    return preKeyMessageShape(ciphertext.bytes).map([](const PreKeyMessageShape &shape) {
      return Letter{shape.message, shape};
    });
  if (ciphertext.type != CiphertextType::Message) return fail(ErrorKind::Invalid, "unknown type", codes::kBadShape);
  return messageShape(ciphertext.bytes).map([](const MessageShape &shape) { return Letter{shape, {}}; });
}

// M5, M6: a forged counter is refused before any key is derived.
Result<> checkCounter(const MessageShape &message, const RecordShape &record) {
  const quint64 limit = record.receiverIndex(message.ratchetKey).value_or(0) + quint64{kMaxSkip};
  if (message.counter > limit) return fail(ErrorKind::Corrupt, "counter too far ahead", codes::kInvalidMessage);
  return {};
}

// SECURITY.md 3a: without a one-time prekey a first message could be played back once its session is gone.
Result<> checkBaseKey(const curve::PublicKey &baseKey, KeyStore &store) {
  const Result<bool> wasUsed = store.wasBaseKeyUsed(sha256(baseKey.view()));
  if (!wasUsed) return tl::unexpected(wasUsed.error());
  if (*wasUsed) return fail(ErrorKind::Conflict, "first message played back", codes::kReplayedBaseKey);
  return {};
}

// True if the letter starts a session.
Result<bool> checkLetter(const Letter &letter, const SessionRecord &record, KeyStore &store) {
  const Result<RecordShape> shape = record.shape();
  if (!shape) return tl::unexpected(shape.error());
  const Result<> counter = checkCounter(letter.message, *shape);
  if (!counter) return tl::unexpected(counter.error());
  if (!letter.start || shape->hasBaseKey(letter.start->baseKey)) return false;
  const Result<> fresh = checkBaseKey(letter.start->baseKey, store);
  if (!fresh) return tl::unexpected(fresh.error());
  return true;
}

// What a new session uses up.
Result<> keepStart(const PreKeyMessageShape &start, std::optional<quint32> usedPreKey, KeyStore &store) {
  Result<> remembered = store.rememberBaseKey(sha256(start.baseKey.view()), start.signedPreKeyId);
  if (!remembered || !usedPreKey) return remembered;
  return store.removePreKey(*usedPreKey);
}

// C14: never a session and still the prekey that it used.
[[maybe_unused]] bool isGone(std::optional<quint32> preKey, KeyStore &store) {
  if (!preKey) return true;
  const auto kept = store.preKey(*preKey);
  return kept && !*kept;
}

using DecryptHandle = std::unique_ptr<session_cipher, decltype(&session_cipher_free)>;

int runLibrary(session_cipher *cipher, SignalContext &context, const Ciphertext &ciphertext, SignalBuffer &plaintext) {
  const auto *bytes = octets(ciphertext.bytes);
  const std::size_t size = length(ciphertext.bytes);
  if (ciphertext.type == CiphertextType::PreKey) {
    SignalRef<pre_key_signal_message> message;
    const int result = pre_key_signal_message_deserialize(message.out(), bytes, size, context.raw());
    if (result < 0) return result;
    return session_cipher_decrypt_pre_key_signal_message(cipher, message.get(), nullptr, plaintext.out());
  }
  SignalRef<signal_message> message;
  const int result = signal_message_deserialize(message.out(), bytes, size, context.raw());
  if (result < 0) return result;
  return session_cipher_decrypt_signal_message(cipher, message.get(), nullptr, plaintext.out());
}

// M2: the library believes the outer identity key and checks the MAC with the session's; both must be the manifest's.
Result<> checkOpenedSession(QByteArrayView stored, const curve::PublicKey &trusted) {
  const Result<RecordShape> shape = RecordShape::parse(stored);
  if (!shape) return tl::unexpected(shape.error());
  if (!shape->current || shape->current->remoteIdentity != trusted.view())
    return fail(ErrorKind::Untrusted, "session with another identity", codes::kUntrustedIdentity);
  return {};
}

}  // namespace

Result<Opened> Session::decrypt(const Ciphertext &ciphertext) {
  const Result<Letter> letter = shapeOf(ciphertext);
  if (!letter) return tl::unexpected(letter.error());
  const Result<curve::PublicKey> trusted = trustedIdentity();
  if (!trusted) return tl::unexpected(trusted.error());
  const bool isStart = letter->start.has_value();
  if (isStart && letter->start->identityKey != *trusted)
    return fail(ErrorKind::Untrusted, "message of another identity", codes::kUntrustedIdentity);
  const Result<SessionRecord> record = isStart ? loadOrReplace() : SessionRecord::load(m_keyring, m_peer);
  if (!record) return tl::unexpected(record.error());
  const Result<bool> isNew = checkLetter(*letter, *record, m_keyring.store);
  if (!isNew) return tl::unexpected(isNew.error());

  KeyStoreBridge bridge(m_keyring, m_peer, *trusted);
  bridge.setSession(record->bytes);
  if (isStart) bridge.setSignedPreKeyId(letter->start->signedPreKeyId);
  const Result<QByteArray> plaintext = open(ciphertext, bridge);
  if (!plaintext) return tl::unexpected(plaintext.error());
  const Result<> checked = checkOpenedSession(*bridge.storedSession(), *trusted);
  if (!checked) return tl::unexpected(checked.error());
  if (*isNew) {
    const Result<> kept = keepStart(*letter->start, bridge.usedPreKey(), m_keyring.store);
    if (!kept) return tl::unexpected(kept.error());
  }
  const WallTime startedAt = *isNew ? m_keyring.clock.wallNow() : record->startedAt;
  const Result<> saved = SessionRecord{startedAt, *bridge.storedSession()}.save(m_keyring, m_peer);
  if (!saved) return tl::unexpected(saved.error());
  Q_ASSERT(!*isNew || isGone(bridge.usedPreKey(), m_keyring.store));
  return Opened{*plaintext, *isNew, *isNew && letter->start->preKeyId == kLastResortPreKeyId};
}

Result<QByteArray> Session::open(const Ciphertext &ciphertext, KeyStoreBridge &bridge) const {
  session_cipher *cipher = nullptr;
  int result = session_cipher_create(&cipher, bridge.raw(), bridge.address(), m_keyring.context.raw());
  if (result < 0) return fail(signalError(result, "session_cipher_create"));
  const DecryptHandle handle(cipher, session_cipher_free);
  SignalBuffer padded;
  result = runLibrary(cipher, m_keyring.context, ciphertext, padded);
  if (result < 0) return fail(bridge.errorOf(result, "session_cipher_decrypt"));
  if (!bridge.storedSession()) return fail(ErrorKind::Internal, "no session was stored");
  Result<QByteArray> plaintext = unpad(padded.view());
  if (!plaintext) return fail(ErrorKind::Invalid, plaintext.error().detail, codes::kBadShape);
  return plaintext;
}

}  // namespace gx::crypto
