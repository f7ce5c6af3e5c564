// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signing.h"

#include <gtest/gtest.h>

#include "core/curve/signature.h"
#include "tests/support/fixed_random.h"

namespace gx::crypto {
namespace {

TEST(Signing, IsVerifiedByCoreCurve) {
  OsRandom random;
  const auto context = *SignalContext::make(random);
  for (int i = 0; i < 20; ++i) {
    const Identity identity = *makeIdentity(*context);
    const auto signature = sign(*context, identity, "message");
    ASSERT_TRUE(signature);
    EXPECT_TRUE(curve::isSignedBy(identity.publicKey, "message", *signature));
    EXPECT_FALSE(curve::isSignedBy(identity.publicKey, "other", *signature));
  }
}

TEST(Signing, CoversNothingToo) {
  test::FixedRandom random;
  const auto context = *SignalContext::make(random);
  const Identity identity = *makeIdentity(*context);

  EXPECT_TRUE(curve::isSignedBy(identity.publicKey, {}, *sign(*context, identity, {})));
}

TEST(Signing, NeedsAWholeKey) {
  test::FixedRandom random;
  const auto context = *SignalContext::make(random);

  EXPECT_FALSE(sign(*context, Identity{{}, SecretBytes(QByteArrayView("short")), 1}, "message"));
}

}  // namespace
}  // namespace gx::crypto
