// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/repository_contract.h"

namespace gx::test {

class LinkRepositoryContract : public RepositoryContract {
 protected:
  void SetUp() override {
    RepositoryContract::SetUp();
    alice = account("alice@gxcoin.test");
    old = activeDevice(alice, 1);
    fresh = signIn(alice, 2).device;
  }
  domain::Account alice;
  DeviceId old;
  DeviceId fresh;
  const QByteArray commitment = QByteArray(32, 'c');
  const wire::LinkState::Reveal reveal{key(2), QByteArray(16, 'n')};
  const wire::LinkState::Answer answer{DeviceId{1}, key(1), QByteArray(16, 'o')};
};
INSTANTIATE_TEST_SUITE_P(Sqlite, LinkRepositoryContract, testing::Values(&sqliteHouse));

TEST_P(LinkRepositoryContract, CarriesTheThreeNotesInOrder) {
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));
  ASSERT_TRUE(await(ports().links.answer(alice.id, fresh, answer)));
  ASSERT_TRUE(await(ports().links.reveal(fresh, commitment, reveal)));

  const auto link = await(ports().links.find(alice.id, fresh));

  ASSERT_TRUE(link);
  EXPECT_EQ(link->deviceId, fresh);
  EXPECT_EQ(link->name, "device 2");
  EXPECT_EQ(link->commitment, commitment);
  EXPECT_EQ(link->answer, answer);
  EXPECT_EQ(link->reveal, reveal);
}

TEST_P(LinkRepositoryContract, RefusesToRevealBeforeAnAnswer) {
  EXPECT_EQ(codeOf(await(ports().links.reveal(fresh, commitment, reveal))), "link_conflict");
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));
  EXPECT_EQ(codeOf(await(ports().links.reveal(fresh, commitment, reveal))), "link_conflict");
}

TEST_P(LinkRepositoryContract, KeepsTheFirstAnswerAndTheFirstReveal) {
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));
  ASSERT_TRUE(await(ports().links.answer(alice.id, fresh, answer)));
  wire::LinkState::Answer other = answer;
  other.nonce = QByteArray(16, 'x');
  wire::LinkState::Reveal lie = reveal;
  lie.nonce = QByteArray(16, 'x');

  EXPECT_TRUE(await(ports().links.answer(alice.id, fresh, answer)));  // a repetition
  EXPECT_EQ(codeOf(await(ports().links.answer(alice.id, fresh, other))), "link_conflict");
  EXPECT_EQ(codeOf(await(ports().links.reveal(fresh, QByteArray(32, 'd'), reveal))), "link_conflict");
  ASSERT_TRUE(await(ports().links.reveal(fresh, commitment, reveal)));
  EXPECT_TRUE(await(ports().links.reveal(fresh, commitment, reveal)));
  EXPECT_EQ(codeOf(await(ports().links.reveal(fresh, commitment, lie))), "link_conflict");
}

TEST_P(LinkRepositoryContract, StartsAnewWithAnotherCommitment) {
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));
  ASSERT_TRUE(await(ports().links.answer(alice.id, fresh, answer)));

  const auto same = await(ports().links.commit(fresh, commitment));
  const auto other = await(ports().links.commit(fresh, QByteArray(32, 'd')));

  EXPECT_EQ(same->answer, answer);
  EXPECT_FALSE(other->answer);
}

TEST_P(LinkRepositoryContract, HidesLinksFromOtherAccounts) {
  const domain::Account bob = account("bob@gxcoin.test");
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));

  EXPECT_EQ(codeOf(await(ports().links.find(bob.id, fresh))), "not_found");
  EXPECT_EQ(codeOf(await(ports().links.answer(bob.id, fresh, answer))), "not_found");
  EXPECT_EQ(codeOf(await(ports().links.find(alice.id, old))), "not_found");
}

TEST_P(LinkRepositoryContract, EndsWhenTheDeviceIsApproved) {
  ASSERT_TRUE(await(ports().links.commit(fresh, commitment)));
  ASSERT_TRUE(await(ports().preKeys.upload(fresh, fullUpload(fresh))));
  ASSERT_TRUE(await(ports().manifests.append(act(alice, 2, fresh))));

  EXPECT_EQ(codeOf(await(ports().links.find(alice.id, fresh))), "not_found");
}

}  // namespace gx::test
