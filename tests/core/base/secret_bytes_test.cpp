// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/secret_bytes.h"

#include <gtest/gtest.h>

namespace gx {
namespace {

TEST(SecretBytes, TakesAndWipesTheSource) {
  QByteArray source("\x01\x02\x03", 3);

  const SecretBytes secret = SecretBytes::taking(source);

  EXPECT_EQ(secret.view().toByteArray(), QByteArray("\x01\x02\x03", 3));
  EXPECT_TRUE(source.isEmpty());
}

TEST(SecretBytes, MovesWithoutLeavingAnythingBehind) {
  SecretBytes first{QByteArrayView("key")};
  SecretBytes second = std::move(first);

  EXPECT_TRUE(first.isEmpty());  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(second.view().toByteArray(), "key");

  SecretBytes third(8);
  third = std::move(second);
  EXPECT_EQ(third.size(), 3);
}

TEST(SecretBytes, StartsAtZero) {
  const SecretBytes secret(16);

  EXPECT_EQ(secret.view().toByteArray(), QByteArray(16, '\0'));
  EXPECT_TRUE(SecretBytes(0).isEmpty());
}

}  // namespace
}  // namespace gx
