// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/manifest_entry.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "tests/core/curve/test_signer.h"

namespace gx::curve {
namespace {

ManifestEntry sampleEntry() {
  ManifestEntry entry;
  entry.account = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8057");
  entry.version = 1;
  entry.previousHash = QByteArray(32, '\0');
  entry.device = DeviceId{17};
  entry.identityKey = test::TestSigner(1).key();
  entry.nameHash = sha256("laptop");
  entry.createdAt = fromMillis(1'750'000'000'000);
  entry.byDevice = DeviceId{17};
  return entry;
}

TEST(ManifestEntry, SignsTheBytesOfTheProtocol) {
  const ManifestEntry entry = sampleEntry();
  QByteArray expected;
  expected += QByteArray::fromHex("0000000d") + "gx-manifest-1";
  expected += QByteArray::fromHex("00000024") + "01890a5d-ac96-774b-bcce-b302099a8057";
  expected += QByteArray::fromHex("0000000000000001");
  expected += QByteArray::fromHex("00000020") + QByteArray(32, '\0');
  expected += QByteArray::fromHex("00000003") + "add";
  expected += QByteArray::fromHex("0000000000000011");
  expected += QByteArray::fromHex("00000021") + entry.identityKey.bytes();
  expected += QByteArray::fromHex("00000020") + sha256("laptop");
  expected += QByteArray::fromHex("000001977420dc00") + QByteArray::fromHex("0000000000000011");

  EXPECT_EQ(signedBytes(entry).toHex(), expected.toHex());
}

TEST(ManifestEntry, SignsTheOperationByName) {
  ManifestEntry entry = sampleEntry();
  entry.operation = ManifestOperation::Remove;

  EXPECT_TRUE(signedBytes(entry).contains(QByteArray::fromHex("00000006") + "remove"));
}

TEST(ManifestEntry, HasAHashOverFieldsAndSignature) {
  ManifestEntry entry = sampleEntry();
  entry.signature = QByteArray(64, 's');

  EXPECT_EQ(entryHash(entry), sha256(signedBytes(entry) + QByteArray(64, 's')));
  const QByteArray before = entryHash(entry);
  entry.signature[0] = 't';
  EXPECT_NE(entryHash(entry), before);
}

}  // namespace
}  // namespace gx::curve
