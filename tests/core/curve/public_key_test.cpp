// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/public_key.h"

#include <gtest/gtest.h>

namespace gx::curve {
namespace {

QByteArray keyBytes(const char *hex) {
  return QByteArray("\x05") + QByteArray::fromHex(hex);
}

TEST(PublicKey, TakesAnOrdinaryKey) {
  const QByteArray bytes = keyBytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");

  const auto key = PublicKey::parse(bytes);

  ASSERT_TRUE(key);
  EXPECT_FALSE(key->isNull());
  EXPECT_EQ(key->bytes(), bytes);
}

TEST(PublicKey, IsNullUntilParsed) {
  EXPECT_TRUE(PublicKey().isNull());
  EXPECT_EQ(PublicKey().bytes(), QByteArray(33, '\0'));
}

TEST(PublicKey, RefusesOtherLengths) {
  EXPECT_FALSE(PublicKey::parse({}));
  EXPECT_FALSE(PublicKey::parse(QByteArray(32, '\x05')));
  EXPECT_FALSE(PublicKey::parse(QByteArray(34, '\x05')));
}

TEST(PublicKey, RefusesAnotherType) {
  QByteArray bytes = keyBytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  bytes[0] = 0x06;

  EXPECT_FALSE(PublicKey::parse(bytes));
}

TEST(PublicKey, RefusesTheHighBit) {
  EXPECT_FALSE(PublicKey::parse(keyBytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882bcf")));
}

class LowOrderKey : public testing::TestWithParam<const char *> {};

TEST_P(LowOrderKey, A112_IsRefused) {
  EXPECT_FALSE(PublicKey::parse(keyBytes(GetParam())));
}

// The twelve encodings of https://cr.yp.to/ecdh.html#validate.
INSTANTIATE_TEST_SUITE_P(PublicKey, LowOrderKey,
                         testing::Values("0000000000000000000000000000000000000000000000000000000000000000",
                                         "0100000000000000000000000000000000000000000000000000000000000000",
                                         "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                         "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                                         "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                         "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                         "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                         "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
                                         "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
                                         "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                         "daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                         "dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));

TEST(PublicKey, RefusesWhatIsNotReduced) {
  EXPECT_FALSE(PublicKey::parse(keyBytes("f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
  EXPECT_TRUE(PublicKey::parse(keyBytes("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
}

}  // namespace
}  // namespace gx::curve
