// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/vault/test_vault.h"

#include "core/base/bytes.h"

namespace gx::test {

namespace {

template <typename Id>
Id idOf(unsigned char number) {
  Id id;
  id.bytes[0] = 7;
  id.bytes[15] = number;
  return id;
}

}  // namespace

VaultTest::VaultTest() : aliceUser(idOf<UserId>(1)), bobUser(idOf<UserId>(2)), chat(idOf<ConversationId>(9)) {
  relay.accounts[aliceUser] = {aliceUser, QStringLiteral("alice@gxcoin.test"), {}, {}};
  relay.accounts[bobUser] = {bobUser, QStringLiteral("bob@gxcoin.test"), {}, {}};
  alice = joins(aliceUser, 11, 1);
  lists(*alice, *alice);
  laptop = joins(aliceUser, 12, 2);
  lists(*alice, *laptop);
  laptop->fetchesManifest(aliceUser);
  bob = joins(bobUser, 21, 3);
  lists(*bob, *bob);
}

std::unique_ptr<TestDevice> VaultTest::joins(UserId user, quint32 device, quint64 seed) {
  auto made = std::make_unique<TestDevice>(relay, clock, model::DeviceAddress{user, DeviceId{device}},
                                           relay.accounts[user].name, seed);
  made->uploadsKeys();
  must(made->vault().archive().upsert(facts()));
  return made;
}

void VaultTest::lists(TestDevice &by, TestDevice &device) {
  const auto identity = must(device.vault().deviceKeys().identity());
  const auto entry = must(by.vault().manifests().makeEntry(curve::ManifestOperation::Add, device.self.device,
                                                           identity.publicKey, sha256("name")));
  TestAccount &account = relay.accounts[by.self.user];
  account.chain.push_back(entry);
  account.devices.push_back(device.self);
  by.fetchesManifest(by.self.user);
}

void VaultTest::unlists(TestDevice &by, const TestDevice &device) {
  const auto pinned = must(by.vault().manifests().pinned(by.self.user));
  for (const auto &listed : pinned.devices) {
    if (listed.device != device.self.device) continue;
    const auto entry = must(by.vault().manifests().makeEntry(curve::ManifestOperation::Remove, listed.device,
                                                             listed.identityKey, sha256("name")));
    TestAccount &account = relay.accounts[by.self.user];
    account.chain.push_back(entry);
    std::erase(account.devices, device.self);
  }
  by.fetchesManifest(by.self.user);
}

vault::ConversationFacts VaultTest::facts() const {
  vault::ConversationFacts facts;
  facts.id = chat;
  facts.createdAt = clock.wallNow();
  facts.participants = {{aliceUser, QStringLiteral("alice@gxcoin.test"), QStringLiteral("MEMBER")},
                        {bobUser, QStringLiteral("bob@gxcoin.test"), QStringLiteral("MEMBER")}};
  return facts;
}

void VaultTest::settles() {
  for (int round = 0; round < 20; ++round) {
    const int before = relay.posts;
    for (TestDevice *device : {alice.get(), laptop.get(), bob.get()}) {
      if (!device) continue;
      device->receives();
      clock.advance(std::chrono::seconds(3));
      device->drains();
    }
    if (relay.posts == before) return;
  }
  ADD_FAILURE() << "never quiet";
}

}  // namespace gx::test
