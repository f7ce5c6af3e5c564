// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The holes of the C library that SECURITY.md 0.1 lists: each is still open there, and closed in our Session.
#include <curve.h>
#include <gtest/gtest.h>

#include "core/crypto/message_shape.h"
#include "core/crypto/protobuf_reader.h"
#include "core/crypto/session_record.h"
#include "core/model/plaintext_codec.h"
#include "tests/core/crypto/raw_library.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

using SignalHoles = TwoPeers;

// A message that never was: right shape, own ratchet key, chosen counter, MAC of nobody.
QByteArray forgedMessage(CryptoPeer &forger, quint32 counter) {
  SignalRef<ec_key_pair> pair;
  curve_generate_key_pair(forger.context->raw(), pair.out());
  const QByteArray key(32, 'k');
  const QByteArray body(16, 'b');
  SignalRef<signal_message> message;
  signal_message_create(message.out(), 3, octets(key), 32, ec_key_pair_get_public(pair.get()), counter, 0, octets(body),
                        16, ec_key_pair_get_public(pair.get()), ec_key_pair_get_public(pair.get()),
                        forger.context->raw());
  return SignalBuffer::viewOf(ciphertext_message_get_serialized(reinterpret_cast<ciphertext_message *>(message.get())))
      .toByteArray();
}

TEST_F(SignalHoles, A118_M1_AGarbageMessagePlantsNoIdentity) {
  alice.startsWith(bob);
  QByteArray garbage = withOuterIdentity(alice, alice.sends(bob, "x").bytes, mallory.identity.publicKey);
  RawLibrary raw(bob);
  EXPECT_EQ(raw.decryptPreKey(garbage), SG_ERR_INVALID_MESSAGE);
  EXPECT_EQ(raw.savedIdentity, mallory.identity.publicKey.bytes());  // the hole

  const InMemoryKeyStore before = bob.store;
  EXPECT_EQ(bob.reads(alice, {CiphertextType::PreKey, garbage}), codes::kUntrustedIdentity);
  EXPECT_EQ(bob.store, before);
}

TEST_F(SignalHoles, A118_M1_AWrongMacLeavesNoTraceEither) {
  alice.startsWith(bob);
  const Ciphertext genuine = alice.sends(bob, "x");
  Ciphertext broken = genuine;
  ProtobufReader reader(QByteArrayView(genuine.bytes).sliced(1));
  while (const auto field = reader.next()) {
    if (field->number != 4) continue;
    const qsizetype endOfMac = field->bytes.data() + field->bytes.size() - genuine.bytes.constData();
    broken.bytes.data()[endOfMac - 1] ^= 1;
  }
  ASSERT_NE(broken, genuine);
  const InMemoryKeyStore before = bob.store;

  EXPECT_EQ(bob.reads(alice, broken), codes::kInvalidMessage);
  EXPECT_EQ(bob.store, before);
  EXPECT_EQ(bob.reads(alice, genuine), "x");
}

TEST_F(SignalHoles, A119_M2_TheOuterIdentityOfALaterPreKeyMessageIsChecked) {
  alice.startsWith(bob);
  const QByteArray first = alice.sends(bob, "one").bytes;
  const Ciphertext genuine = alice.sends(bob, "two");
  const QByteArray swapped = withOuterIdentity(alice, genuine.bytes, mallory.identity.publicKey);
  RawLibrary raw(bob);
  ASSERT_GE(raw.decryptPreKey(first), 0);
  EXPECT_GE(raw.decryptPreKey(swapped), 0);
  EXPECT_EQ(raw.savedIdentity, mallory.identity.publicKey.bytes());  // the hole

  ASSERT_EQ(bob.reads(alice, {CiphertextType::PreKey, first}), "one");
  const InMemoryKeyStore before = bob.store;
  EXPECT_EQ(bob.reads(alice, {CiphertextType::PreKey, swapped}), codes::kUntrustedIdentity);
  EXPECT_EQ(bob.store, before);
  EXPECT_EQ(bob.reads(alice, genuine), "two");
}

TEST_F(SignalHoles, M3_NothingIsSentToNorTakenFromAnUntrustedIdentity) {
  alice.startsWith(bob);
  RawLibrary raw(bob);
  ASSERT_GE(raw.decryptPreKey(alice.sends(bob, "one").bytes), 0);
  raw.trustsEverybody = false;
  EXPECT_GE(raw.encrypt("secret"), 0);  // the hole

  talk();
  const Ciphertext onItsWay = alice.sends(bob, "two");
  bob.store.manifest[alice.address] = mallory.identity.publicKey;
  EXPECT_EQ(errorCode(bob.sessionWith(alice).encrypt("secret")), codes::kUntrustedIdentity);
  EXPECT_EQ(bob.reads(alice, onItsWay), codes::kUntrustedIdentity);
  bob.store.manifest.clear();
  EXPECT_EQ(errorCode(bob.sessionWith(alice).encrypt("secret")), codes::kUntrustedIdentity);
  EXPECT_EQ(bob.reads(alice, onItsWay), codes::kUntrustedIdentity);
  EXPECT_EQ(errorCode(bob.sessionWith(alice).build(alice.bundle())), codes::kUntrustedIdentity);
}

TEST_F(SignalHoles, A100_M4_TheHeaderInsideNamesTheTrueSender) {
  model::Plaintext plaintext;
  plaintext.header.sender = alice.address;
  plaintext.header.recipient = bob.address;
  plaintext.header.chainSequence = 1;
  plaintext.header.previousHash = QByteArray(32, '\0');
  plaintext.header.senderManifest = {1, QByteArray(32, 'a')};
  plaintext.header.recipientManifest = {1, QByteArray(32, 'b')};
  plaintext.content = model::SessionReset{};
  alice.startsWith(bob);
  const Ciphertext letter = alice.sends(bob, *model::encodePlaintext(plaintext));
  bob.store.manifest[mallory.address] = alice.identity.publicKey;  // Mallory lists Alice's key as her own

  const auto opened = bob.opens(mallory, letter);  // the hole: the MAC binds no address

  ASSERT_TRUE(opened);
  EXPECT_EQ(model::decodePlaintext(opened->plaintext)->header.sender, alice.address);
}

TEST_F(SignalHoles, A122_A123_M5_AForgedMessageMeetsFewStatesAndASmallCounter) {
  talk();
  for (int i = 0; i < 45; ++i) {
    bob.oneTime.clear();
    alice.startsWith(bob);
    ASSERT_EQ(bob.reads(alice, alice.sends(bob, "x")), "x");
  }
  const SessionRecord record = *SessionRecord::load(bob.keyring(), alice.address);
  EXPECT_EQ(record.shape()->archived.size(), static_cast<std::size_t>(Session::kMaxArchivedStates));

  const auto opened = bob.opens(alice, {CiphertextType::Message, forgedMessage(mallory, 2001)});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().detail, "counter too far ahead");
  EXPECT_EQ(bob.reads(alice, {CiphertextType::Message, forgedMessage(mallory, 2000)}), codes::kInvalidMessage);
  EXPECT_EQ(bob.reads(alice, {CiphertextType::Message, forgedMessage(mallory, 0xffffffff)}), codes::kInvalidMessage);
}

TEST_F(SignalHoles, M6_SendingStopsBeforeTheOtherSideLosesMessages) {
  talk();
  ASSERT_EQ(bob.reads(alice, alice.sends(bob, "first")), "first");  // opens the chain on both sides
  for (quint32 i = 1; i < Session::kMaxUnanswered; ++i) ASSERT_TRUE(alice.sessionWith(bob).encrypt("x"));

  EXPECT_EQ(errorCode(alice.sessionWith(bob).encrypt("x")), codes::kChainExhausted);
  EXPECT_TRUE(alice.sessionWith(bob).status()->needsRenewal);
  alice.startsWith(bob);
  EXPECT_EQ(bob.reads(alice, alice.sends(bob, "over a new session")), "over a new session");
}

TEST_F(SignalHoles, M6_AnAnswerLetsTheSenderGoOn) {
  talk();
  for (int round = 0; round < 3; ++round) {
    Ciphertext last;
    for (quint32 i = 0; i < Session::kMaxUnanswered; ++i) last = alice.sends(bob, "x");
    ASSERT_EQ(bob.reads(alice, last), "x");  // skips 999
    ASSERT_EQ(alice.reads(bob, bob.sends(alice, "go on")), "go on");
  }
}

TEST_F(SignalHoles, A112_M8_KeysOfLowOrderAreRefused) {
  const QByteArray zeroKey = "\x05" + QByteArray(32, '\0');
  SignalRef<ec_public_key> key;
  EXPECT_GE(curve_decode_point(key.out(), octets(zeroKey), 33, alice.context->raw()), 0);  // the hole

  PreKeyBundle bundle = bob.bundle();
  bundle.preKey->key = zeroKey;
  EXPECT_EQ(errorCode(alice.sessionWith(bob).build(bundle)), codes::kBadShape);
  bundle = bob.bundle();
  bundle.signedPreKey.key = zeroKey;
  EXPECT_EQ(errorCode(alice.sessionWith(bob).build(bundle)), codes::kBadShape);
  EXPECT_TRUE(alice.store.sessions.empty());
}

TEST_F(SignalHoles, A112_M8_AMessageWithAHighBitKeyIsRefused) {
  talk();
  Ciphertext letter = alice.sends(bob, "x");
  const QByteArray ratchetKey = messageShape(letter.bytes)->ratchetKey.bytes();
  letter.bytes[letter.bytes.indexOf(ratchetKey) + 32] |= static_cast<char>(0x80);

  EXPECT_EQ(bob.reads(alice, letter), codes::kBadShape);
}

TEST_F(SignalHoles, A110_M9_ABundleWithoutSignatureDoesNotCrash) {
  for (const qsizetype size : {0, 1, 63, 65}) {
    PreKeyBundle bundle = bob.bundle();
    bundle.signedPreKey.signature = QByteArray(size, 's');

    EXPECT_EQ(errorCode(alice.sessionWith(bob).build(bundle)), codes::kBadShape) << size;
  }
}

TEST_F(SignalHoles, A126_M10_ADamagedRecordNeverReachesTheLibrary) {
  talk();
  const Ciphertext letter = alice.sends(bob, "x");
  const QByteArray good = bob.store.sessions[alice.address];
  for (qsizetype i = 0; i < good.size(); ++i) {
    QByteArray damaged = good;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    bob.store.sessions[alice.address] = damaged;
    ASSERT_EQ(bob.reads(alice, letter), codes::kSessionDamaged) << i;
  }
  for (const qsizetype size : {qsizetype{0}, qsizetype{40}, good.size() - 1}) {
    bob.store.sessions[alice.address] = good.left(size);
    ASSERT_EQ(bob.reads(alice, letter), codes::kSessionDamaged) << size;
  }
}

TEST_F(SignalHoles, A126_M10_ARecordOfAnotherVersionNeverReachesTheLibrary) {
  talk();
  const Ciphertext letter = alice.sends(bob, "x");
  const QByteArray place = toText(alice.address.user) + '.' + toText(alice.address.device);
  QByteArray payload = *bob.seal.open(RecordType::Session, place, bob.store.sessions[alice.address]);
  const qsizetype version = payload.indexOf("\x08\x03", 8);  // field 1 of the state, number 3
  ASSERT_GT(version, 0);
  payload[version + 1] = 9;
  bob.store.sessions[alice.address] = bob.seal.seal(RecordType::Session, place, payload);

  EXPECT_EQ(bob.reads(alice, letter), codes::kSessionDamaged);
}

TEST_F(SignalHoles, A126_M10_ADamagedRecordIsReplacedByANewSession) {
  talk();
  bob.store.sessions[alice.address] = "damaged";
  EXPECT_EQ(errorCode(bob.sessionWith(alice).encrypt("x")), codes::kSessionDamaged);
  EXPECT_TRUE(bob.sessionWith(alice).status()->needsRenewal);

  bob.startsWith(alice);
  EXPECT_EQ(bob.store.quarantine[alice.address], "damaged");
  EXPECT_EQ(alice.reads(bob, bob.sends(alice, "back again")), "back again");
}

TEST_F(SignalHoles, M10_APreKeyMessageHealsADamagedRecord) {
  talk();
  bob.store.sessions[alice.address] = "damaged";
  alice.startsWith(bob);

  EXPECT_EQ(bob.reads(alice, alice.sends(bob, "new")), "new");
  EXPECT_EQ(bob.store.quarantine[alice.address], "damaged");
}

}  // namespace
}  // namespace gx::crypto
