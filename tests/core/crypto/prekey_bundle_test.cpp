// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/prekey_bundle.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

struct Bundle : testing::Test {
  QByteArray codeFor(auto change) {
    PreKeyBundle bundle = bob.bundle();
    change(bundle);
    return errorCode(checkBundle(bundle, bob.identity.publicKey));
  }

  CryptoPeer bob{2}, mallory{3};
};

TEST_F(Bundle, IsTakenAsServed) {
  EXPECT_TRUE(checkBundle(bob.bundle(), bob.identity.publicKey));
  bob.oneTime.clear();
  EXPECT_TRUE(checkBundle(bob.bundle(), bob.identity.publicKey));
}

TEST_F(Bundle, MayLackAOneTimePreKey) {
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.preKey.reset(); }), "none");
}

TEST_F(Bundle, A117_OfAnotherIdentityIsUntrusted) {
  EXPECT_EQ(checkBundle(bob.bundle(), mallory.identity.publicKey).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(checkBundle(bob.bundle(), {}).error().kind, ErrorKind::Untrusted);
}

TEST_F(Bundle, A111_WithAForeignSignedPreKeyIsUntrusted) {
  EXPECT_EQ(codeFor([&](PreKeyBundle &b) { b.signedPreKey = mallory.signedPreKey; }), codes::kUntrustedIdentity);
  EXPECT_EQ(codeFor([&](PreKeyBundle &b) { b.signedPreKey.key = mallory.signedPreKey.key; }),
            codes::kUntrustedIdentity);
}

TEST_F(Bundle, WithAWrongFieldIsRefused) {
  const QByteArray lowOrder = "\x05" + QByteArray(32, '\0');
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.device = {}; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.registrationId = 0; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.registrationId = 0x80000000; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.identityKey.clear(); }), codes::kBadShape);
  EXPECT_EQ(codeFor([&](PreKeyBundle &b) { b.identityKey = lowOrder; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.signedPreKey.id = 0xFFFFFF; }), codes::kBadShape);
  EXPECT_EQ(codeFor([&](PreKeyBundle &b) { b.signedPreKey.key = lowOrder; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.signedPreKey.signature.chop(1); }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.preKey->id = 0; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.preKey->id = 0x1000000; }), codes::kBadShape);
  EXPECT_EQ(codeFor([](PreKeyBundle &b) { b.preKey->key.clear(); }), codes::kBadShape);
  EXPECT_EQ(codeFor([&](PreKeyBundle &b) { b.preKey->key = lowOrder; }), codes::kBadShape);
}

}  // namespace
}  // namespace gx::crypto
