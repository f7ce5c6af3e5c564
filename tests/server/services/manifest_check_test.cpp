// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/manifest_check.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "core/wire/limits.h"
#include "tests/server/services/services_fixture.h"

namespace gx::test {

namespace {

// A chain of one device that lists others and removes them again.
class ManifestCheckTest : public testing::Test {
 protected:
  ManifestCheckTest() {
    device.who = {.user = UserId{{1}}, .device = DeviceId{7}, .state = wire::DeviceState::Active};
    device.identity = std::make_shared<crypto::Identity>(crypto::makeIdentity(servicesSignal()).value());
    chain.push_back(next(7, true));
  }
  QByteArray keyOf(quint32 id) {
    if (id == device.id().value) return device.identity->publicKey.bytes();
    if (!keys.contains(id)) keys.insert(id, freshPublicKey());
    return keys.value(id);
  }
  wire::ManifestEntry next(quint32 id, bool isAdd) {
    wire::ManifestEntry entry;
    entry.userId = device.who.user;
    entry.version = qint64(chain.size()) + 1;
    entry.prevHash = chain.empty() ? QByteArray(32, '\0') : hash;
    entry.isAdd = isAdd;
    entry.deviceId = DeviceId{id};
    entry.identityKey = keyOf(id);
    entry.nameHash = sha256("laptop");
    entry.createdAt = 1'750'000'000'000;
    entry.byDevice = device.id();
    entry.signature = QByteArray(64, '\0');
    entry.signature = device.sign(curve::signedBytes(services::toCurve(entry).value()));
    return entry;
  }
  void append(quint32 id, bool isAdd) {
    hash = curve::entryHash(services::toCurve(chain.back()).value());
    chain.push_back(next(id, isAdd));
  }
  QByteArray refusal(quint32 id, bool isAdd) {
    hash = curve::entryHash(services::toCurve(chain.back()).value());
    wire::ManifestAppend request;
    request.entry = next(id, isAdd);
    return refusalOf(services::checkManifestAppend(device.who, request, chain));
  }

  TestDevice device;
  QHash<quint32, QByteArray> keys;
  std::vector<wire::ManifestEntry> chain;
  QByteArray hash;  // of the last entry
};

}  // namespace

TEST_F(ManifestCheckTest, TakesAnEntryAfterMoreThanAPage) {
  for (quint32 id = 100; chain.size() < 200; ++id) {
    append(id, true);
    append(id, false);
  }

  EXPECT_EQ(refusal(99, true), "");
  EXPECT_EQ(refusal(99, false), "invalid_manifest");
}

TEST_F(ManifestCheckTest, NearTheEndOfAChainDevicesAreOnlyRemoved) {
  const auto last = std::size_t(wire::limits::kManifestEntries - wire::limits::kDevicesPerAccount);
  for (quint32 id = 100; chain.size() + 2 < last; ++id) {
    append(id, true);
    append(id, false);
  }
  append(50, true);
  ASSERT_EQ(chain.size(), last);

  EXPECT_EQ(refusal(99, true), "too_many_devices");
  EXPECT_EQ(refusal(50, false), "");
}

}  // namespace gx::test
