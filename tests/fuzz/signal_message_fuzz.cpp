// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <protocol.h>

#include "core/crypto/message_shape.h"
#include "core/crypto/padding.h"
#include "core/crypto/signal_handles.h"
#include "tests/fuzz/crypto_scene.h"

// A SignalMessage or PreKeySignalMessage on its way to Bob: nothing opens but what Alice wrote, and that once; a
// message that does not open changes nothing; what our own parser takes, the C library reads as the same.
namespace {

using namespace gx;
using namespace gx::fuzz;

CryptoScene &scene() {
  static CryptoScene only;
  return only;
}

QByteArray serialized(const ec_public_key *key) {
  crypto::SignalBuffer bytes;
  require(ec_public_key_serialize(bytes.out(), key) == 0);
  return bytes.view().toByteArray();
}

void checkShape(QByteArrayView bytes) {
  const auto shape = crypto::messageShape(bytes);
  if (!shape) return;
  crypto::SignalRef<signal_message> read;
  const auto *data = crypto::octets(bytes);
  require(signal_message_deserialize(read.out(), data, crypto::length(bytes), scene().bob.context->raw()) >= 0);
  require(signal_message_get_message_version(read.get()) == 3);
  require(signal_message_get_counter(read.get()) == shape->counter);
  require(serialized(signal_message_get_sender_ratchet_key(read.get())) == shape->ratchetKey.view());
}

void checkPreKeyShape(QByteArrayView bytes) {
  const auto shape = crypto::preKeyMessageShape(bytes);
  if (!shape) return;
  crypto::SignalRef<pre_key_signal_message> read;
  const auto *data = crypto::octets(bytes);
  require(pre_key_signal_message_deserialize(read.out(), data, crypto::length(bytes), scene().bob.context->raw()) >= 0);
  require(pre_key_signal_message_get_registration_id(read.get()) == shape->registrationId);
  require(pre_key_signal_message_has_pre_key_id(read.get()) == 1);
  require(pre_key_signal_message_get_pre_key_id(read.get()) == shape->preKeyId);
  require(pre_key_signal_message_get_signed_pre_key_id(read.get()) == shape->signedPreKeyId);
  require(serialized(pre_key_signal_message_get_base_key(read.get())) == shape->baseKey.view());
  require(serialized(pre_key_signal_message_get_identity_key(read.get())) == shape->identityKey.view());
}

void checkOpening(const crypto::Ciphertext &letter, bool isTalking) {
  test::CryptoPeer &bob = scene().bob;
  const test::InMemoryKeyStore &before = scene().bobsStore(isTalking);
  bob.store = before;
  const auto opened = bob.opens(scene().alice, letter);
  if (!opened) {
    require(!opened.error().code.isEmpty() && bob.store == before);
    return;
  }
  require(scene().wasSent(opened->plaintext));
  require(opened->isNewSession == !isTalking);
  const test::InMemoryKeyStore after = bob.store;
  require(!bob.opens(scene().alice, letter) && bob.store == after);
  bob.store = before;
  require(!bob.opens(scene().mallory, letter));
}

void checkPadding(QByteArrayView bytes) {
  const auto plaintext = crypto::unpad(bytes);
  require(!plaintext || crypto::pad(*plaintext) == bytes);
  require(crypto::unpad(crypto::pad(bytes)) == bytes.toByteArray());
}

}  // namespace

// The first byte chooses the type and what Bob has; the rest is the message.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  FuzzInput input(data, size);
  const quint8 choice = input.byte();
  const auto type = choice & 1 ? crypto::CiphertextType::PreKey : crypto::CiphertextType::Message;

  checkShape(input.rest());
  checkPreKeyShape(input.rest());
  checkPadding(input.rest());
  checkOpening({type, input.rest().toByteArray()}, (choice & 2) != 0);
  return 0;
}
