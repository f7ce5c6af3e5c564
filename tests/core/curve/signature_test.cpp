// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/signature.h"

#include <gtest/gtest.h>

#include "tests/core/curve/test_signer.h"

namespace gx::curve {
namespace {

// s + order of the group, as a forger would make a second signature out of a good one.
QByteArray withOrderAdded(QByteArray signature) {
  const QByteArray order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  const unsigned char sign = static_cast<unsigned char>(signature[63]) & 0x80;
  signature[63] = static_cast<char>(signature[63] & 0x7f);
  unsigned carry = 0;
  for (int i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]);
    signature[32 + i] = static_cast<char>(carry & 0xff);
    carry >>= 8;
  }
  signature[63] = static_cast<char>(static_cast<unsigned char>(signature[63]) | sign);
  return signature;
}

bool rawLibraryTakes(const PublicKey &key, const QByteArray &message, const QByteArray &signature) {
  ec_public_key *decoded = nullptr;
  curve_decode_point(&decoded, reinterpret_cast<const uint8_t *>(key.view().data()), 33, nullptr);
  const int result = curve_verify_signature(decoded, reinterpret_cast<const uint8_t *>(message.constData()),
                                            static_cast<size_t>(message.size()),
                                            reinterpret_cast<const uint8_t *>(signature.constData()), 64);
  SIGNAL_UNREF(decoded);
  return result == 1;
}

TEST(Signature, IsOfTheKeyThatMadeIt) {
  test::TestSigner alice(1);
  test::TestSigner mallory(2);
  const QByteArray signature = alice.sign("message");

  EXPECT_EQ(signature.size(), kSignatureSize);
  EXPECT_TRUE(isSignedBy(alice.key(), "message", signature));
  EXPECT_FALSE(isSignedBy(alice.key(), "massage", signature));
  EXPECT_FALSE(isSignedBy(mallory.key(), "message", signature));
}

TEST(Signature, CoversAlsoNothing) {
  test::TestSigner alice(1);

  EXPECT_TRUE(isSignedBy(alice.key(), {}, alice.sign({})));
}

TEST(Signature, RefusesEachChangedByte) {
  test::TestSigner alice(1);
  const QByteArray signature = alice.sign("message");
  for (qsizetype i = 0; i < signature.size(); ++i) {
    QByteArray changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);

    EXPECT_FALSE(isSignedBy(alice.key(), "message", changed)) << i;
  }
}

TEST(Signature, RefusesOtherLengthsAndNoKey) {
  test::TestSigner alice(1);
  const QByteArray signature = alice.sign("message");

  EXPECT_FALSE(isSignedBy(alice.key(), "message", {}));
  EXPECT_FALSE(isSignedBy(alice.key(), "message", signature.left(63)));
  EXPECT_FALSE(isSignedBy(alice.key(), "message", signature + 'x'));
  EXPECT_FALSE(isSignedBy(PublicKey(), "message", signature));
}

TEST(Signature, A111_RefusesTheSecondFormThatTheLibraryTakes) {
  test::TestSigner alice(1);
  const QByteArray second = withOrderAdded(alice.sign("message"));

  EXPECT_TRUE(rawLibraryTakes(alice.key(), "message", second));
  EXPECT_FALSE(isSignedBy(alice.key(), "message", second));
}

}  // namespace
}  // namespace gx::curve
