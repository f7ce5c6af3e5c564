// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/keys_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

QByteArray keyOf(char c) {
  return '\x05' + QByteArray(32, c);
}

TEST(KeysDto, UploadKeepsEveryMember) {
  KeyUpload upload;
  upload.identityKey = keyOf('i');
  upload.registrationId = 1234;
  upload.signedPreKey = SignedPreKey{7, keyOf('s'), QByteArray(64, 'g')};
  upload.lastResortPreKey = PreKey{0xFFFFFF, keyOf('l')};
  upload.preKeys = {{1, keyOf('a')}, {2, keyOf('b')}};

  const auto read = KeyUpload::parse(upload.toJson()).value();

  EXPECT_EQ(read.identityKey, upload.identityKey);
  EXPECT_EQ(read.registrationId, 1234U);
  EXPECT_EQ(read.signedPreKey, upload.signedPreKey);
  EXPECT_EQ(read.lastResortPreKey, upload.lastResortPreKey);
  EXPECT_EQ(read.preKeys, upload.preKeys);
}

TEST(KeysDto, UploadMayLeaveOutWhatIsThere) {
  const auto read = KeyUpload::parse(R"({"prekeys":[]})").value();

  EXPECT_FALSE(read.identityKey || read.registrationId || read.signedPreKey || read.lastResortPreKey);
  EXPECT_EQ(read.toJson(), R"({"prekeys":[]})");
}

TEST(KeysDto, CountHasItsMembers) {
  const auto count = KeyCount::parse(R"({"prekeys":3,"signed_prekey_id":7,"key_generation":2})").value();

  EXPECT_EQ(count.preKeys, 3);
  EXPECT_EQ(count.signedPreKeyId, 7U);
  EXPECT_EQ(count.keyGeneration, 2);
}

TEST(KeysDto, AuditKeepsEveryDigest) {
  const KeyAudit audit{{7, QByteArray(8, 's')}, {0xFFFFFF, QByteArray(8, 'l')}, {{1, QByteArray(8, 'a')}}};

  const auto read = KeyAudit::parse(audit.toJson()).value();

  EXPECT_EQ(read.signedPreKey, audit.signedPreKey);
  EXPECT_EQ(read.lastResortPreKey, audit.lastResortPreKey);
  EXPECT_EQ(read.preKeys, audit.preKeys);
}

TEST(KeysDto, BundleKeepsEveryMember) {
  const auto user = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value();
  const PreKeyBundle bundle{user, DeviceId{17}, 99, keyOf('i'), {7, keyOf('s'), QByteArray(64, 'g')}, {1, keyOf('p')}};

  const auto read = BundleResponse::parse(BundleResponse{{bundle}}.toJson()).value().bundles.at(0);

  EXPECT_EQ(read.userId, user);
  EXPECT_EQ(read.deviceId, DeviceId{17});
  EXPECT_EQ(read.registrationId, 99U);
  EXPECT_EQ(read.identityKey, keyOf('i'));
  EXPECT_EQ(read.signedPreKey, bundle.signedPreKey);
  EXPECT_EQ(read.preKey, bundle.preKey);
}

TEST(KeysDto, BundleRequestAndDevicesHaveTheirMembers) {
  const auto request =
      BundleRequest::parse(R"({"user_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","device_ids":[5,6]})").value();
  const auto devices =
      UserDevices::parse(
          R"({"user_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","devices":[{"device_id":5,"registration_id":9}]})")
          .value();

  EXPECT_EQ(request.deviceIds, (QList<DeviceId>{{5}, {6}}));
  EXPECT_EQ(devices.userId, request.userId);
  ASSERT_EQ(devices.devices.size(), 1);
  EXPECT_EQ(devices.devices[0].deviceId, DeviceId{5});
  EXPECT_EQ(devices.devices[0].registrationId, 9U);
}

}  // namespace
}  // namespace gx::wire
