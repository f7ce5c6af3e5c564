// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/passphrase_key.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

constexpr PassphraseCost kCheap{1, 8ULL * 1024 * 1024};
const QByteArray kSalt(16, 's');

SecretBytes passphrase(QByteArrayView text) {
  return SecretBytes(text);
}

TEST(PassphraseKey, IsThatOfTheReferenceLibrary) {
  // printf 'correct horse' | argon2 ssssssssssssssss -id -t 1 -m 13 -p 1 -l 32 -r
  const auto key = passphraseKey(passphrase("correct horse"), kSalt, kCheap);

  ASSERT_TRUE(key);
  EXPECT_EQ(key->view().toByteArray().toHex(), "ae6ea64231b20ceb7411c7904ed1f0b75f0504432caa0442cbc0cad26bb69d4e");
}

TEST(PassphraseKey, DependsOnEachInput) {
  const auto key = passphraseKey(passphrase("correct horse"), kSalt, kCheap);

  EXPECT_NE(passphraseKey(passphrase("correct horsf"), kSalt, kCheap)->view(), key->view());
  EXPECT_NE(passphraseKey(passphrase("correct horse"), QByteArray(16, 't'), kCheap)->view(), key->view());
  EXPECT_NE(passphraseKey(passphrase("correct horse"), kSalt, {2, kCheap.memoryBytes})->view(), key->view());
  EXPECT_TRUE(passphraseKey(passphrase(""), kSalt, kCheap));
}

TEST(PassphraseKey, RefusesACostThatAChangedFileMayName) {
  const PassphraseCost bad[] = {{0, kCheap.memoryBytes}, {11, kCheap.memoryBytes}, {1, 1024}, {1, 1ULL << 40}};
  for (const PassphraseCost &cost : bad)
    EXPECT_EQ(passphraseKey(passphrase("x"), kSalt, cost).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(passphraseKey(passphrase("x"), "short", kCheap));
}

}  // namespace
}  // namespace gx::crypto
