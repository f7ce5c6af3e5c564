// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/prekeys.h"

#include <gtest/gtest.h>

#include <set>

#include "core/curve/signature.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

struct PreKeys : testing::Test {
  CryptoPeer alice{1};
};

TEST_F(PreKeys, AreMadeAndStoredInOrder) {
  const auto made = makePreKeys(alice.keyring(), 100);

  ASSERT_TRUE(made);
  ASSERT_EQ(made->size(), static_cast<std::size_t>(kPreKeyBatch));
  std::set<QByteArray> keys;
  quint32 id = 100;
  for (const PublicPreKey &key : *made) {
    EXPECT_EQ(key.id, id++);
    EXPECT_EQ(alice.store.preKeys.at(key.id).publicKey, key.key);
    EXPECT_TRUE(curve::PublicKey::parse(key.key));
    keys.insert(key.key);
  }
  EXPECT_EQ(keys.size(), made->size());
  EXPECT_EQ(nextPreKeyId(100, kPreKeyBatch), 200U);
}

TEST_F(PreKeys, WrapBeforeTheLastResortId) {
  const auto made = *makePreKeys(alice.keyring(), kMaxPreKeyId, 2);

  EXPECT_EQ(made[0].id, 0xFFFFFEU);
  EXPECT_EQ(made[1].id, 1U);
  EXPECT_EQ(nextPreKeyId(kMaxPreKeyId, 2), 2U);
}

TEST_F(PreKeys, RefuseImpossibleIds) {
  EXPECT_FALSE(makePreKeys(alice.keyring(), 0));
  EXPECT_FALSE(makePreKeys(alice.keyring(), kLastResortPreKeyId));
  EXPECT_FALSE(makeSignedPreKey(alice.keyring(), 0));
  EXPECT_FALSE(makeSignedPreKey(alice.keyring(), kLastResortPreKeyId));
}

TEST_F(PreKeys, AreSealed) {
  const QByteArray record = alice.store.preKeys.at(1).record;

  EXPECT_TRUE(record.startsWith("GXR"));
  EXPECT_TRUE(alice.seal.open(RecordType::PreKey, "1", record));
  EXPECT_FALSE(alice.seal.open(RecordType::PreKey, "2", record));
}

TEST_F(PreKeys, OfASignedPairAreSignedAndStoredTogether) {
  const auto key = makeSignedPreKey(alice.keyring(), 7);

  ASSERT_TRUE(key);
  EXPECT_TRUE(curve::isSignedBy(alice.identity.publicKey, key->key, key->signature));
  const StoredSignedPreKey &stored = alice.store.signedPreKeys.at(7);
  EXPECT_EQ(stored.publicKey, key->key);
  EXPECT_EQ(stored.signature, key->signature);
  EXPECT_EQ(stored.lastResortPublicKey, key->lastResortKey);
  EXPECT_NE(stored.lastResortPublicKey, stored.publicKey);
  EXPECT_EQ(stored.createdAt, alice.clock.wallNow());
  EXPECT_TRUE(alice.seal.open(RecordType::LastResortPreKey, "7", stored.lastResortRecord));
}

TEST_F(PreKeys, ReportAStoreThatFails) {
  alice.store.isBroken = true;

  EXPECT_EQ(makePreKeys(alice.keyring(), 1).error().kind, ErrorKind::Storage);
  EXPECT_EQ(makeSignedPreKey(alice.keyring(), 1).error().kind, ErrorKind::Storage);
}

TEST_F(PreKeys, ThatAreDamagedCountAsGone) {
  CryptoPeer bob{2};
  alice.trusts(bob);
  bob.trusts(alice);
  bob.startsWith(alice);
  alice.store.preKeys.at(1).record[20] = static_cast<char>(alice.store.preKeys.at(1).record[20] ^ 1);

  EXPECT_EQ(alice.reads(bob, bob.sends(alice, "x")), codes::kInvalidKeyId);
}

}  // namespace
}  // namespace gx::crypto
