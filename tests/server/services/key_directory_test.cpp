// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class KeyDirectoryTest : public ServicesTest {
 protected:
  explicit KeyDirectoryTest(HouseSettings houseSettings = {}) : ServicesTest(houseSettings) {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
  }
  Result<wire::BundleResponse> fetches(const TestDevice &from, const TestDevice &of) {
    return await(all->keys.bundles(from.who, {of.who.user, {of.id()}}));
  }
};

TEST_F(KeyDirectoryTest, TakesKeysAndTellsTheirCount) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const wire::KeyUpload keys = fullKeys(device, 3);

  const auto count = await(all->keys.upload(device.who, keys));

  ASSERT_TRUE(count);
  EXPECT_EQ(count->preKeys, 3);
  EXPECT_EQ(count->signedPreKeyId, 1u);
  EXPECT_EQ(count->keyGeneration, 1);
  EXPECT_EQ(await(all->keys.upload(device.who, keys))->preKeys, 3);  // C19: the answer was lost
  EXPECT_EQ(await(all->keys.audit(device.who))->preKeys.size(), 3);
  EXPECT_EQ(await(all->keys.count(device.who))->preKeys, 3);
}

// Cases 110 and 111 of RELIABILITY.md.
TEST_F(KeyDirectoryTest, RefusesWrongSignatures) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const TestDevice other = pendingDevice("alice@gxcoin.test");
  const auto withSignature = [&](const QByteArray &signature) {
    wire::KeyUpload keys = fullKeys(device);
    keys.signedPreKey->signature = signature;
    return refusalOf(await(all->keys.upload(device.who, keys)));
  };
  const wire::KeyUpload good = fullKeys(device);
  QByteArray highBits = good.signedPreKey->signature;
  highBits[63] = char(highBits[63] | 0x60);

  EXPECT_EQ(withSignature({}), "invalid_signature");
  EXPECT_EQ(withSignature(QByteArray(64, '\0')), "invalid_signature");
  EXPECT_EQ(withSignature(good.signedPreKey->signature), "invalid_signature");  // of another key
  EXPECT_EQ(withSignature(other.sign(good.signedPreKey->publicKey)), "invalid_signature");
  EXPECT_EQ(withSignature(good.signedPreKey->signature.chopped(1)), "invalid_signature");
  EXPECT_EQ(withSignature(good.signedPreKey->signature + 'x'), "invalid_signature");
  EXPECT_EQ(withSignature(highBits), "invalid_signature");
  EXPECT_EQ(await(all->keys.count(device.who))->keyGeneration, 0);
}

// Case 112: keys that are none, at each place a key can stand.
TEST_F(KeyDirectoryTest, RefusesKeysThatAreNone) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  QByteArray highBit = freshPublicKey();
  highBit[32] = char(highBit[32] | 0x80);
  QByteArray otherType = freshPublicKey();
  otherType[0] = '\6';
  const QByteArray bad[] = {{},
                            QByteArray(33, '\0'),
                            '\5' + QByteArray(32, '\0'),
                            '\5' + QByteArray(1, '\1') + QByteArray(31, '\0'),
                            highBit,
                            otherType,
                            freshPublicKey().chopped(1),
                            freshPublicKey() + 'x'};
  for (const QByteArray &key : bad) {
    for (int place = 0; place < 4; ++place) {
      wire::KeyUpload keys = fullKeys(device);
      if (place == 0) keys.identityKey = key;
      if (place == 1) keys.signedPreKey->publicKey = key;
      if (place == 2) keys.lastResortPreKey->publicKey = key;
      if (place == 3) keys.preKeys.append({77, key});
      EXPECT_EQ(refusalOf(await(all->keys.upload(device.who, keys))), "invalid_keys")
          << place << " " << key.toHex().toStdString();
    }
  }
}

// Case 114.
TEST_F(KeyDirectoryTest, RefusesIdsOutOfRangeAndTooMany) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const auto codeFor = [&](auto change) {
    wire::KeyUpload keys = fullKeys(device);
    change(keys);
    return refusalOf(await(all->keys.upload(device.who, keys)));
  };
  const QByteArray key = freshPublicKey();

  EXPECT_EQ(codeFor([&](auto &keys) { keys.preKeys.append({0, key}); }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.preKeys.append({0xFFFFFF, key}); }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.preKeys.append({1U << 24, key}); }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.preKeys.append({1, key}); }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.signedPreKey->keyId = 0; }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.lastResortPreKey->keyId = 5; }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.registrationId = 0; }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) { keys.registrationId = 0x80000000; }), "invalid_keys");
  EXPECT_EQ(codeFor([&](auto &keys) {
              for (quint32 id = 10; id < 110; ++id) keys.preKeys.append({id, key});
            }),
            "too_large");
}

TEST_F(KeyDirectoryTest, KeepsIdentitiesAndIds) {
  const TestDevice device = deviceWithKeys("alice@gxcoin.test");
  TestDevice other = device;
  other.identity = std::make_shared<crypto::Identity>(crypto::makeIdentity(servicesSignal()).value());
  EXPECT_EQ(refusalOf(await(all->keys.upload(device.who, fullKeys(other)))), "identity_fixed");

  wire::KeyUpload conflicting;
  conflicting.preKeys = {{1, freshPublicKey()}};
  EXPECT_EQ(refusalOf(await(all->keys.upload(device.who, conflicting))), "key_conflict");

  wire::KeyUpload rotation;
  rotation.signedPreKey = wire::SignedPreKey{2, freshPublicKey(), {}};
  rotation.signedPreKey->signature = device.sign(rotation.signedPreKey->publicKey);
  EXPECT_EQ(await(all->keys.upload(device.who, rotation))->signedPreKeyId, 2u);
}

TEST_F(KeyDirectoryTest, ResetsAllPrekeys) {
  const TestDevice device = firstDevice("alice@gxcoin.test");
  wire::KeyUpload keys = fullKeys(device, 5);
  keys.identityKey.reset();

  const auto count = await(all->keys.reset(device.who, keys));

  ASSERT_TRUE(count);
  EXPECT_EQ(count->preKeys, 5);
  EXPECT_EQ(count->keyGeneration, 2);
  keys.signedPreKey->signature = QByteArray(64, 'x');
  EXPECT_EQ(refusalOf(await(all->keys.reset(device.who, keys))), "invalid_signature");
}

TEST_F(KeyDirectoryTest, HandsOutBundlesToAcquaintances) {
  const TestDevice alices = firstDevice("alice@gxcoin.test", 30);
  const TestDevice bobs = firstDevice("bob@gxcoin.test");
  EXPECT_EQ(refusalOf(fetches(bobs, alices)), "not_found");
  EXPECT_EQ(refusalOf(await(all->keys.devicesOf(bobs.who, alices.who.user))), "not_found");
  opensChat(bobs, "alice@gxcoin.test");

  const auto response = fetches(bobs, alices);

  ASSERT_TRUE(response);
  ASSERT_EQ(response->bundles.size(), 1);
  EXPECT_EQ(response->bundles[0].identityKey, alices.identity->publicKey.bytes());
  EXPECT_EQ(response->bundles[0].preKey.keyId, 1u);
  EXPECT_EQ(response->bundles[0].signedPreKey, *alices.keys.signedPreKey);
  EXPECT_EQ(await(all->keys.devicesOf(bobs.who, alices.who.user))->devices.size(), 1);
  EXPECT_EQ(timesHeard<wire::KeysLow>(alices.id()), 0);  // 29 left
}

TEST_F(KeyDirectoryTest, TellsADeviceThatItsKeysRunLow) {
  const TestDevice alices = firstDevice("alice@gxcoin.test", 20);
  const TestDevice own = furtherDevice(alices, "alice@gxcoin.test");

  ASSERT_TRUE(fetches(own, alices));

  EXPECT_EQ(timesHeard<wire::KeysLow>(alices.id()), 1);
  const auto low = std::get<wire::KeysLow>(heard.back().event);
  EXPECT_EQ(low.preKeys, 19);
}

class KeyDirectoryLimitTest : public KeyDirectoryTest {
 protected:
  static HouseSettings limited() {
    HouseSettings settings;
    ruleOf(settings.rules, domain::Limit::PrekeyFetch) = ruleOf(standard, domain::Limit::PrekeyFetch);
    return settings;
  }
  KeyDirectoryLimitTest() : KeyDirectoryTest(limited()) {}
  static inline cache::BucketRules standard = cache::standardBucketRules();
};

// Case 115: six, then one per ten minutes, for each pair of requester and device.
TEST_F(KeyDirectoryLimitTest, A115_SlowsFetchingOfOneDevice) {
  const TestDevice alices = firstDevice("alice@gxcoin.test", 10);
  const TestDevice further = furtherDevice(alices, "alice@gxcoin.test");
  const TestDevice bobs = firstDevice("bob@gxcoin.test");
  opensChat(bobs, "alice@gxcoin.test");
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(fetches(bobs, alices)) << i;

  const auto seventh = fetches(bobs, alices);

  ASSERT_EQ(refusalOf(seventh), "rate_limited");
  EXPECT_EQ(seventh.error().retryAfter, std::chrono::minutes(10));
  EXPECT_TRUE(fetches(bobs, further));
  EXPECT_TRUE(fetches(further, alices));
  EXPECT_EQ(await(all->keys.count(alices.who))->preKeys, 3);
  house.clock.advance(std::chrono::minutes(10));
  EXPECT_TRUE(fetches(bobs, alices));
  EXPECT_EQ(refusalOf(fetches(bobs, alices)), "rate_limited");
}

}  // namespace gx::test
