// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/hkdf.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

TEST(Hkdf, IsThatOfRfc5869) {
  const SecretBytes key(QByteArray(22, '\x0b'));
  const auto derived =
      hkdf(key, QByteArray::fromHex("000102030405060708090a0b0c"), QByteArray::fromHex("f0f1f2f3f4f5f6f7f8f9"), 42);

  ASSERT_TRUE(derived);
  EXPECT_EQ(derived->view().toByteArray().toHex(),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST(Hkdf, WorksWithoutSaltAndInfo) {  // test case 3
  const auto derived = hkdf(SecretBytes(QByteArray(22, '\x0b')), {}, {}, 42);

  ASSERT_TRUE(derived);
  EXPECT_EQ(derived->view().toByteArray().toHex(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, RefusesImpossibleSizes) {
  const SecretBytes key(QByteArray(22, 'k'));

  EXPECT_FALSE(hkdf(key, {}, {}, 0));
  EXPECT_FALSE(hkdf(key, {}, {}, 8161));
  EXPECT_TRUE(hkdf(key, {}, {}, 8160));
}

}  // namespace
}  // namespace gx::crypto
