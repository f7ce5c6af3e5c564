// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/manifest_dto.h"

#include <gtest/gtest.h>

namespace gx::wire {
namespace {

ManifestEntry someEntry() {
  return {.userId = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value(),
          .version = 3,
          .prevHash = QByteArray(32, 'p'),
          .isAdd = false,
          .deviceId = {23},
          .identityKey = '\x05' + QByteArray(32, 'i'),
          .nameHash = QByteArray(32, 'n'),
          .createdAt = 1'750'000'000'000,
          .byDevice = {17},
          .signature = QByteArray(64, 's')};
}

TEST(ManifestDto, PageKeepsEveryMemberOfAnEntry) {
  const ManifestEntry entry = someEntry();
  const ManifestPage page{entry.userId, {entry}, true};

  const auto read = ManifestPage::parse(page.toJson()).value();

  EXPECT_EQ(read.userId, page.userId);
  EXPECT_EQ(read.entries, page.entries);
  EXPECT_TRUE(read.more);
}

TEST(ManifestDto, EntryIsWrittenWithTheNamesOfTheProtocol) {
  const QByteArray json = ManifestAppend{someEntry()}.toJson();

  EXPECT_TRUE(
      json.startsWith(R"({"entry":{"user_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","version":3,"prev_hash":")" +
                      QByteArray(32, 'p').toBase64() + R"(","op":"remove","device_id":23,"identity_key":")"))
      << json.constData();
  EXPECT_TRUE(json.contains(R"(,"created_at":1750000000000,"by_device":17,"signature":")")) << json.constData();
}

TEST(ManifestDto, AppendMayStartANewChain) {
  EXPECT_FALSE(ManifestAppend::parse(ManifestAppend{someEntry()}.toJson())->newChain);
  EXPECT_TRUE(ManifestAppend::parse(ManifestAppend{someEntry(), true}.toJson())->newChain);
  EXPECT_EQ(ManifestAppend::parse(ManifestAppend{someEntry()}.toJson())->entry, someEntry());
}

TEST(ManifestDto, AnswersAndEventsNameTheVersion) {
  EXPECT_EQ(ManifestAppended::parse(R"({"version":4})")->version, 4);
  const auto changed = ManifestChanged::parse(ManifestChanged{someEntry().userId, 5}.toJson()).value();
  EXPECT_EQ(changed.userId, someEntry().userId);
  EXPECT_EQ(changed.version, 5);
}

}  // namespace
}  // namespace gx::wire
