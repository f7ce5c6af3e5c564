// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/manifest.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "tests/core/curve/test_signer.h"

namespace gx::curve {
namespace {

const UserId kAlice = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8057");
const UserId kBob = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8058");

// A device of the account with its key; entries are made and signed by it.
struct Device {
  explicit Device(quint32 number) : id{number}, signer(number) {}

  ManifestEntry adds(const Device &other, const Manifest &to) {
    return signs(entry(ManifestOperation::Add, other, to));
  }
  ManifestEntry removes(const Device &other, const Manifest &from) {
    return signs(entry(ManifestOperation::Remove, other, from));
  }
  ManifestEntry signs(ManifestEntry entry) {
    entry.byDevice = id;
    entry.signature = signer.sign(signedBytes(entry));
    return entry;
  }

  DeviceId id;
  test::TestSigner signer;

 private:
  static ManifestEntry entry(ManifestOperation operation, const Device &other, const Manifest &manifest) {
    ManifestEntry entry;
    entry.account = manifest.account();
    entry.version = manifest.version() + 1;
    entry.previousHash = manifest.hash();
    entry.operation = operation;
    entry.device = other.id;
    entry.identityKey = other.signer.key();
    entry.nameHash = sha256("name");
    entry.createdAt = fromMillis(1'750'000'000'000);
    return entry;
  }
};

QByteArray code(const Result<> &result) {
  return result ? QByteArray("taken") : result.error().code;
}

struct ManifestChain : testing::Test {
  ManifestChain() {
    extend(laptop.adds(laptop, manifest));
    extend(laptop.adds(desktop, manifest));
    extend(desktop.adds(phone, manifest));
  }
  void extend(const ManifestEntry &entry) { ASSERT_TRUE(manifest.append(entry)); }

  Device laptop{17}, desktop{5}, phone{99}, stranger{1000};
  Manifest manifest{kAlice};
};

TEST_F(ManifestChain, ListsTheDevicesInOrder) {
  ASSERT_EQ(manifest.devices().size(), 3U);
  EXPECT_EQ(manifest.devices()[0].device, desktop.id);
  EXPECT_EQ(manifest.devices()[1].device, laptop.id);
  EXPECT_EQ(manifest.devices()[1].addedAt, 1U);
  EXPECT_EQ(manifest.identityOf(phone.id), phone.signer.key());
  EXPECT_EQ(manifest.identityOf(stranger.id), std::nullopt);
  EXPECT_EQ(manifest.root(), laptop.signer.key());
  EXPECT_EQ(manifest.version(), 3U);
  EXPECT_EQ(manifest.hash(), entryHash(manifest.entries().back()));
}

TEST_F(ManifestChain, IsTheSameWhenVerifiedAgain) {
  const auto again = Manifest::verify(kAlice, manifest.entries());

  ASSERT_TRUE(again);
  EXPECT_EQ(*again, manifest);
}

TEST_F(ManifestChain, ForgetsARemovedDevice) {
  extend(desktop.removes(laptop, manifest));

  EXPECT_EQ(manifest.identityOf(laptop.id), std::nullopt);
  EXPECT_EQ(manifest.root(), laptop.signer.key());
  EXPECT_EQ(code(manifest.append(laptop.adds(stranger, manifest))), kManifestBroken);
}

TEST_F(ManifestChain, MayLoseItsLastDevice) {
  extend(phone.removes(laptop, manifest));
  extend(phone.removes(desktop, manifest));
  extend(phone.removes(phone, manifest));

  EXPECT_TRUE(manifest.devices().empty());
  EXPECT_EQ(code(manifest.append(phone.adds(phone, manifest))), kManifestBroken);
}

TEST_F(ManifestChain, A127_RefusesASignerThatIsNotListed) {
  EXPECT_EQ(code(manifest.append(stranger.adds(stranger, manifest))), kManifestBroken);
}

TEST_F(ManifestChain, RefusesASignatureOfAnother) {
  ManifestEntry entry = stranger.adds(stranger, manifest);
  entry.byDevice = laptop.id;

  EXPECT_EQ(code(manifest.append(entry)), kManifestBroken);
}

TEST_F(ManifestChain, RefusesEachChangedField) {
  const ManifestEntry good = laptop.adds(stranger, manifest);
  std::vector<ManifestEntry> bad(8, good);
  bad[0].account = kBob;
  bad[1].version = 9;
  bad[2].previousHash = QByteArray(32, '\0');
  bad[3].operation = ManifestOperation::Remove;
  bad[4].device = DeviceId{1001};
  bad[5].identityKey = test::TestSigner(1002).key();
  bad[6].nameHash = sha256("other");
  bad[7].createdAt += std::chrono::milliseconds(1);
  for (std::size_t i = 0; i < bad.size(); ++i) EXPECT_FALSE(manifest.append(bad[i])) << i;

  EXPECT_TRUE(manifest.append(good));
}

TEST_F(ManifestChain, RefusesAddingWhatIsListed) {
  EXPECT_EQ(code(manifest.append(laptop.adds(phone, manifest))), kManifestBroken);
  ManifestEntry sameKey = laptop.adds(phone, manifest);
  sameKey.device = DeviceId{1001};
  EXPECT_EQ(code(manifest.append(laptop.signs(sameKey))), kManifestBroken);
}

TEST_F(ManifestChain, RefusesRemovingWithAnotherKey) {
  ManifestEntry entry = laptop.removes(phone, manifest);
  entry.identityKey = stranger.signer.key();

  EXPECT_EQ(code(manifest.append(laptop.signs(entry))), kManifestBroken);
}

TEST_F(ManifestChain, A127_HoldsAtMostSixDevices) {
  Device fourth{101}, fifth{102}, sixth{103};
  for (Device *device : {&fourth, &fifth, &sixth}) extend(laptop.adds(*device, manifest));

  EXPECT_EQ(code(manifest.append(laptop.adds(stranger, manifest))), kManifestBroken);
}

TEST_F(ManifestChain, TakesALongerHistory) {
  Manifest pinned = *Manifest::verify(kAlice, std::span(manifest.entries()).first(1));

  ASSERT_TRUE(pinned.advance(manifest.entries()));

  EXPECT_EQ(pinned, manifest);
}

TEST_F(ManifestChain, TakesATailAndTheSameAgain) {
  Manifest pinned = *Manifest::verify(kAlice, std::span(manifest.entries()).first(1));

  EXPECT_TRUE(pinned.advance({}));
  EXPECT_TRUE(pinned.advance(std::span(manifest.entries()).subspan(1)));
  EXPECT_TRUE(pinned.advance(std::span(manifest.entries()).subspan(2)));
  EXPECT_EQ(pinned, manifest);
}

TEST_F(ManifestChain, A127_RefusesARollback) {
  EXPECT_EQ(code(manifest.advance(std::span(manifest.entries()).first(2))), kManifestRollback);
}

TEST_F(ManifestChain, A127_RefusesAGap) {
  Manifest pinned = *Manifest::verify(kAlice, std::span(manifest.entries()).first(1));
  const std::vector<ManifestEntry> holed{manifest.entries()[0], manifest.entries()[2]};

  EXPECT_EQ(code(pinned.advance(std::span(manifest.entries()).subspan(2))), kManifestGap);
  EXPECT_EQ(code(pinned.advance(holed)), kManifestGap);
  EXPECT_EQ(pinned.version(), 1U);
}

TEST_F(ManifestChain, A127_RefusesAFork) {
  Manifest other = *Manifest::verify(kAlice, std::span(manifest.entries()).first(2));
  ASSERT_TRUE(other.append(laptop.adds(stranger, other)));
  ASSERT_TRUE(other.append(laptop.adds(phone, other)));
  const Manifest before = manifest;

  EXPECT_EQ(code(manifest.advance(other.entries())), kManifestFork);
  EXPECT_EQ(code(manifest.advance(std::span(other.entries()).subspan(3))), kManifestFork);
  EXPECT_EQ(manifest, before);
}

TEST_F(ManifestChain, TellsANewRootFromAFork) {
  Manifest other(kAlice);
  for (Device *device : {&stranger, &laptop, &desktop, &phone})
    ASSERT_TRUE(other.append(stranger.adds(*device, other)));

  EXPECT_EQ(code(manifest.advance(other.entries())), kManifestNewRoot);
}

TEST_F(ManifestChain, ChangesNothingWhenALaterEntryIsWrong) {
  Manifest pinned = *Manifest::verify(kAlice, std::span(manifest.entries()).first(1));
  std::vector<ManifestEntry> served = manifest.entries();
  served[2].signature[5] = static_cast<char>(served[2].signature[5] ^ 1);

  EXPECT_EQ(code(pinned.advance(served)), kManifestBroken);
  EXPECT_EQ(pinned.version(), 1U);
}

TEST(Manifest, StartsWithADeviceThatAddsItself) {
  Device laptop{1}, desktop{2};
  Manifest empty(kAlice);

  EXPECT_EQ(code(empty.append(laptop.adds(desktop, empty))), kManifestBroken);
  EXPECT_EQ(code(empty.append(laptop.removes(laptop, empty))), kManifestBroken);
  EXPECT_TRUE(empty.isEmpty());
  EXPECT_EQ(empty.hash(), QByteArray(32, '\0'));
  EXPECT_TRUE(empty.root().isNull());
}

TEST(Manifest, OfAnotherAccountIsRefused) {
  Device laptop{1};
  const Manifest alice(kAlice);
  const std::vector<ManifestEntry> entries{laptop.adds(laptop, alice)};

  EXPECT_TRUE(Manifest::verify(kAlice, entries));
  EXPECT_FALSE(Manifest::verify(kBob, entries));
}

}  // namespace
}  // namespace gx::curve
