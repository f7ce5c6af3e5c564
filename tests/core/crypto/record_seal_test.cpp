// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/record_seal.h"

#include <gtest/gtest.h>

namespace gx::crypto {
namespace {

SecretBytes sealKey(char fill) {
  return SecretBytes(QByteArray(RecordSeal::kKeySize, fill));
}

TEST(RecordSeal, OpensWhatItSealed) {
  const RecordSeal seal(sealKey('k'));
  for (const qsizetype size : {0, 1, 200'000}) {
    const QByteArray payload(size, 'p');
    EXPECT_EQ(*seal.open(RecordType::Session, "bob.1", seal.seal(RecordType::Session, "bob.1", payload)), payload);
  }
}

TEST(RecordSeal, HasTheLayoutOfItsDrawing) {
  const QByteArray sealed = RecordSeal(sealKey('k')).seal(RecordType::PreKey, "7", "abc");

  EXPECT_EQ(sealed.left(12), QByteArray::fromHex("47585201"
                                                 "02"
                                                 "00000003"
                                                 "616263"));
  EXPECT_EQ(sealed.size(), 12 + 32);
}

TEST(RecordSeal, RefusesAnotherPlaceTypeOrKey) {
  const RecordSeal seal(sealKey('k'));
  const QByteArray sealed = seal.seal(RecordType::Session, "bob.1", "payload");

  EXPECT_FALSE(seal.open(RecordType::Session, "bob.2", sealed));
  EXPECT_FALSE(seal.open(RecordType::PreKey, "bob.1", sealed));
  EXPECT_FALSE(RecordSeal(sealKey('x')).open(RecordType::Session, "bob.1", sealed));
  EXPECT_TRUE(seal.open(RecordType::Session, "bob.1", sealed));
}

TEST(RecordSeal, RefusesEachChangedBitAndLength) {
  const RecordSeal seal(sealKey('k'));
  const QByteArray sealed = seal.seal(RecordType::Session, "bob.1", "payload");
  for (qsizetype i = 0; i < sealed.size() * 8; ++i) {
    QByteArray changed = sealed;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(seal.open(RecordType::Session, "bob.1", changed).error().kind, ErrorKind::Corrupt) << i;
  }
  for (qsizetype size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(seal.open(RecordType::Session, "bob.1", sealed.left(size))) << size;
  EXPECT_FALSE(seal.open(RecordType::Session, "bob.1", sealed + 'x'));
}

}  // namespace
}  // namespace gx::crypto
