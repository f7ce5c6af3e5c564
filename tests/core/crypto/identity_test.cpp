// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/identity.h"

#include <gtest/gtest.h>

#include <set>

#include "core/crypto/signal_context.h"
#include "tests/support/fixed_random.h"

namespace gx::crypto {
namespace {

struct Identities : testing::Test {
  test::FixedRandom random;
  std::unique_ptr<SignalContext> context = *SignalContext::make(random);
};

TEST_F(Identities, AreMadeFresh) {
  std::set<QByteArray> keys;
  for (int i = 0; i < 20; ++i) {
    const auto identity = makeIdentity(*context);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->privateKey.size(), kPrivateKeySize);
    EXPECT_GE(identity->registrationId, 1U);
    EXPECT_LE(identity->registrationId, 16380U);
    keys.insert(identity->publicKey.bytes());
  }
  EXPECT_EQ(keys.size(), 20U);
}

TEST_F(Identities, AreRestored) {
  const Identity identity = *makeIdentity(*context);

  const auto restored = restoreIdentity(identity.publicKey.view(), identity.privateKey.copy(), 77);

  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->publicKey, identity.publicKey);
  EXPECT_EQ(restored->privateKey.view(), identity.privateKey.view());
  EXPECT_EQ(restored->registrationId, 77U);
}

TEST_F(Identities, AreNotRestoredFromHalvesOfTwo) {
  const Identity one = *makeIdentity(*context);
  const Identity two = *makeIdentity(*context);

  EXPECT_EQ(restoreIdentity(one.publicKey.view(), two.privateKey.copy(), 1).error().kind, ErrorKind::Corrupt);
  EXPECT_FALSE(restoreIdentity("short", one.privateKey.copy(), 1));
  EXPECT_FALSE(restoreIdentity(one.publicKey.view(), SecretBytes(QByteArrayView("short")), 1));
  EXPECT_FALSE(restoreIdentity(one.publicKey.view(), one.privateKey.copy(), 0));
}

TEST_F(Identities, AreCopiedWhole) {
  const Identity identity = *makeIdentity(*context);
  const Identity copy = identity.copy();

  EXPECT_EQ(copy.publicKey, identity.publicKey);
  EXPECT_EQ(copy.privateKey.view(), identity.privateKey.view());
}

}  // namespace
}  // namespace gx::crypto
