// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/account_name.h"

#include <gtest/gtest.h>

namespace gx::test {

using server::services::accountName;

TEST(AccountName, TakesPlainAddressesAsTheyAre) {
  const QByteArray taken[] = {"a@b.c",
                              "alice@gxcoin.test",
                              "a.b+c_d-9@sub.gx-coin.test",
                              "0@1.2",
                              QByteArray(64, 'a') + "@b.test",
                              "a@" + QByteArray(63, 'b') + ".test"};

  for (const QByteArray &name : taken) {
    const auto accepted = accountName(name);
    ASSERT_TRUE(accepted) << name.toStdString();
    EXPECT_EQ(*accepted, name);
  }
}

TEST(AccountName, HoldsTheLongestName) {
  const QByteArray labels = QByteArray(61, 'a') + '.' + QByteArray(61, 'b') + '.' + QByteArray(61, 'c') + '.';
  const QByteArray longest = "u@" + labels + QByteArray(254 - 2 - labels.size(), 'd');

  ASSERT_EQ(longest.size(), 254);
  EXPECT_FALSE(accountName(longest));  // its last label is too long
  const QByteArray fits = "user12@" + labels + QByteArray(254 - 7 - labels.size(), 'd');
  ASSERT_EQ(fits.size(), 254);
  EXPECT_TRUE(accountName(fits));
  EXPECT_FALSE(accountName('x' + fits));
}

TEST(AccountName, SaysInvalidWithItsCode) {
  for (const QByteArray &name : {QByteArray(), QByteArray("@"), QByteArray("a@b"), QByteArray("A@b.c"),
                                 QByteArray("a\0b@c.d", 7), QByteArray("a@b.c "), QByteArray("a@b.c\n")}) {
    const auto refused = accountName(name);
    ASSERT_FALSE(refused) << name.toStdString();
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(refused.error().code, "invalid_account");
    EXPECT_TRUE(name.isEmpty() || !refused.error().detail.contains(name));  // safe to log
  }
}

}  // namespace gx::test
