// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/key_wrap.h"

#include <gtest/gtest.h>

#include "tests/support/fixed_random.h"

namespace gx::crypto {
namespace {

SecretBytes wrapTestKey(char fill) {
  return SecretBytes(QByteArray(32, fill));
}

struct KeyWrap : testing::Test {
  test::FixedRandom random;
  QByteArray wrapped = *wrapKey(wrapTestKey('d'), wrapTestKey('w'), "slot", random);
};

TEST_F(KeyWrap, OpensWithTheSameKeyAndPurpose) {
  EXPECT_EQ(wrapped.size(), kWrappedKeySize);
  EXPECT_EQ(unwrapKey(wrapped, wrapTestKey('w'), "slot")->view(), QByteArray(32, 'd'));
}

TEST_F(KeyWrap, IsDifferentEachTime) {
  EXPECT_NE(*wrapKey(wrapTestKey('d'), wrapTestKey('w'), "slot", random), wrapped);
  EXPECT_FALSE(wrapped.contains(QByteArray(8, 'd')));
}

TEST_F(KeyWrap, RefusesAnotherKeyOrPurpose) {
  EXPECT_EQ(unwrapKey(wrapped, wrapTestKey('x'), "slot").error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(unwrapKey(wrapped, wrapTestKey('w'), "other").error().kind, ErrorKind::Untrusted);
}

TEST_F(KeyWrap, RefusesEachChangedByteAndLength) {
  for (qsizetype i = 0; i < wrapped.size(); ++i) {
    QByteArray changed = wrapped;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(unwrapKey(changed, wrapTestKey('w'), "slot")) << i;
  }
  EXPECT_EQ(unwrapKey(wrapped.chopped(1), wrapTestKey('w'), "slot").error().kind, ErrorKind::Corrupt);
  EXPECT_FALSE(unwrapKey({}, wrapTestKey('w'), "slot"));
}

TEST_F(KeyWrap, TakesKeysOf32BytesOnly) {
  EXPECT_FALSE(wrapKey(SecretBytes(QByteArrayView("short")), wrapTestKey('w'), "slot", random));
  EXPECT_FALSE(wrapKey(wrapTestKey('d'), SecretBytes(QByteArrayView("short")), "slot", random));
  EXPECT_FALSE(unwrapKey(wrapped, SecretBytes(), "slot"));
}

}  // namespace
}  // namespace gx::crypto
