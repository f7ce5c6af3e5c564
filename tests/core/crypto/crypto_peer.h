// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "core/crypto/session.h"
#include "tests/core/crypto/in_memory_key_store.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"

namespace gx::test {

inline QByteArray errorCode(const auto &result) {
  return result ? QByteArray("none") : result.error().code;
}

// One device with all that the protocol needs; two of them talk.
class CryptoPeer final {
 public:
  explicit CryptoPeer(quint32 number)
      : random(number),
        address{UserId{{static_cast<unsigned char>(number)}}, DeviceId{number}},
        context(*crypto::SignalContext::make(random)),
        identity(*crypto::makeIdentity(*context)),
        seal(SecretBytes(QByteArray(32, static_cast<char>(number)))) {
    signedPreKey = *crypto::makeSignedPreKey(keyring(), 1);
    oneTime = *crypto::makePreKeys(keyring(), 1, 3);
  }

  [[nodiscard]] crypto::Keyring keyring() { return {*context, store, identity, seal, clock}; }
  [[nodiscard]] crypto::Session sessionWith(const CryptoPeer &peer) { return {keyring(), peer.address}; }
  void trusts(const CryptoPeer &peer) { store.manifest[peer.address] = peer.identity.publicKey; }

  // What the relay would serve; takes one-time prekeys in order, then the last-resort one.
  [[nodiscard]] crypto::PreKeyBundle bundle() {
    crypto::PreKeyBundle bundle;
    bundle.device = address.device;
    bundle.registrationId = identity.registrationId;
    bundle.identityKey = identity.publicKey.bytes();
    bundle.signedPreKey = signedPreKey;
    bundle.preKey = crypto::PublicPreKey{crypto::kLastResortPreKeyId, signedPreKey.lastResortKey};
    if (!oneTime.empty()) {
      bundle.preKey = oneTime.front();
      oneTime.erase(oneTime.begin());
    }
    return bundle;
  }
  void startsWith(CryptoPeer &peer) {
    const auto built = sessionWith(peer).build(peer.bundle());
    ASSERT_TRUE(built) << describe(built.error()).constData();
  }
  [[nodiscard]] crypto::Ciphertext sends(const CryptoPeer &peer, QByteArrayView text) {
    const auto sealed = sessionWith(peer).encrypt(text);
    if (!sealed) ADD_FAILURE() << describe(sealed.error()).constData();
    return sealed ? *sealed : crypto::Ciphertext();
  }
  [[nodiscard]] Result<crypto::Opened> opens(const CryptoPeer &peer, const crypto::Ciphertext &ciphertext) {
    return sessionWith(peer).decrypt(ciphertext);
  }
  // The text, or the code of the error.
  [[nodiscard]] QByteArray reads(const CryptoPeer &peer, const crypto::Ciphertext &ciphertext) {
    const auto opened = opens(peer, ciphertext);
    return opened ? opened->plaintext : opened.error().code;
  }

  FixedRandom random;
  ManualClock clock;
  model::DeviceAddress address;
  std::unique_ptr<crypto::SignalContext> context;
  crypto::Identity identity;
  crypto::RecordSeal seal;
  InMemoryKeyStore store;
  crypto::PublicSignedPreKey signedPreKey;
  std::vector<crypto::PublicPreKey> oneTime;
};

// Alice and Bob know each other's identity from the manifests.
struct TwoPeers : testing::Test {
  TwoPeers() {
    alice.trusts(bob);
    bob.trusts(alice);
  }
  // A first message and its answer: the session is established on both sides.
  void talk() {
    alice.startsWith(bob);
    ASSERT_EQ(bob.reads(alice, alice.sends(bob, "hello")), "hello");
    ASSERT_EQ(alice.reads(bob, bob.sends(alice, "hi")), "hi");
  }

  CryptoPeer alice{1}, bob{2}, mallory{3};
};

}  // namespace gx::test
