// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/wire_values.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"

namespace gx::messenger {
namespace {

UserId user(unsigned char last) {
  UserId id;
  id.bytes[15] = last;
  return id;
}

QByteArray aKey() {
  // The base point of Curve25519 (RFC 7748): a key that every check takes.
  QByteArray key(33, '\0');
  key[0] = 5;
  key[1] = 9;
  return key;
}

TEST(WireValues, ManifestEntriesSurviveTheWay) {
  wire::ManifestEntry entry;
  entry.userId = user(1);
  entry.version = 3;
  entry.prevHash = QByteArray(32, 'p');
  entry.isAdd = false;
  entry.deviceId = DeviceId{17};
  entry.identityKey = aKey();
  entry.nameHash = sha256("laptop");
  entry.createdAt = 1'750'000'000'000;
  entry.byDevice = DeviceId{23};
  entry.signature = QByteArray(64, 's');

  const auto there = toEntries({entry});

  ASSERT_TRUE(there);
  EXPECT_EQ(toWire(there->front()), entry);
}

TEST(WireValues, AManifestWithAKeyThatIsNoneIsNotTrusted) {
  wire::ManifestEntry entry;
  entry.identityKey = QByteArray(33, '\0');

  const auto refused = toEntries({entry});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Untrusted);
}

TEST(WireValues, AnUploadNamesTheLastResortPrekeyBesideTheSignedOne) {
  vault::KeyBatch batch;
  batch.number = 1;
  batch.signedPreKey = crypto::PublicSignedPreKey{7, aKey(), QByteArray(64, 's'), aKey()};
  batch.preKeys = {{1, aKey()}, {2, aKey()}};

  const wire::KeyUpload upload = toUpload(batch);

  EXPECT_FALSE(upload.identityKey);
  EXPECT_EQ(upload.signedPreKey->keyId, 7U);
  EXPECT_EQ(upload.lastResortPreKey->keyId, crypto::kLastResortPreKeyId);
  EXPECT_EQ(upload.preKeys.size(), 2);
}

TEST(WireValues, ARequestCarriesTheSealedBytesAsTheyAre) {
  vault::SealedMessage sealed;
  sealed.envelopes.push_back({{user(2), DeviceId{5}}, 99, {crypto::CiphertextType::PreKey, "bytes"}});
  sealed.envelopes.push_back({{user(2), DeviceId{6}}, 98, {crypto::CiphertextType::Message, "more"}});

  const wire::SendRequest request = toRequest(sealed);

  ASSERT_EQ(request.envelopes.size(), 2);
  EXPECT_EQ(request.envelopes[0], (wire::Envelope{DeviceId{5}, 99, wire::EnvelopeKind::PreKey, "bytes"}));
  EXPECT_EQ(request.envelopes[1].kind, wire::EnvelopeKind::Message);
}

TEST(WireValues, ALetterKeepsItsPlaceAndSender) {
  wire::MailItem item;
  item.seq = 12;
  item.senderId = user(3);
  item.senderDeviceId = DeviceId{4};
  item.ciphertext = "c";
  item.serverTime = 77;

  const vault::Incoming letter = toIncoming(item);

  EXPECT_EQ(letter.seq, 12);
  EXPECT_EQ(letter.sender, (model::DeviceAddress{user(3), DeviceId{4}}));
  EXPECT_EQ(letter.ciphertext.type, crypto::CiphertextType::Message);
  EXPECT_EQ(toMillis(letter.serverTime), 77);
}

TEST(WireValues, AMismatchKeepsItsThreeListsApart) {
  net::RestFailure failure;
  failure.missing = {{user(1), DeviceId{1}}};
  failure.stale = {{user(2), DeviceId{2}}, {user(2), DeviceId{3}}};

  const vault::DeviceMismatch mismatch = toMismatch(failure);

  EXPECT_EQ(mismatch.missing.size(), 1U);
  EXPECT_TRUE(mismatch.extra.empty());
  EXPECT_EQ(mismatch.stale[1].device.value, 3U);
}

}  // namespace
}  // namespace gx::messenger
