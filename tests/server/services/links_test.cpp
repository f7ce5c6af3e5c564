// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class LinksTest : public ServicesTest {
 protected:
  LinksTest() {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    old = firstDevice("alice@gxcoin.test");
    fresh = deviceWithKeys("alice@gxcoin.test");
    commitment = wire::linkCommitment(fresh.who.user, fresh.id(), fresh.identity->publicKey.bytes(), nonce);
    heard.clear();
  }
  [[nodiscard]] wire::LinkPut reveal() const { return {commitment, fresh.identity->publicKey.bytes(), nonce}; }
  [[nodiscard]] wire::LinkAnswer answer() const { return {old.identity->publicKey.bytes(), QByteArray(16, 'o')}; }

  TestDevice old;
  TestDevice fresh;
  const QByteArray nonce = QByteArray(16, 'n');
  QByteArray commitment;
};

TEST_F(LinksTest, PassTheNotesOfBothDevices) {
  ASSERT_TRUE(await(all->links.put(fresh.who, {commitment, {}, {}})));
  EXPECT_EQ(timesHeard<wire::DeviceLinkEvent>(old.id()), 1);
  EXPECT_EQ(timesHeard<wire::DeviceLinkEvent>(fresh.id()), 0);
  ASSERT_TRUE(await(all->links.answer(old.who, fresh.id(), answer())));
  ASSERT_TRUE(await(all->links.put(fresh.who, reveal())));
  EXPECT_EQ(timesHeard<wire::DeviceLinkEvent>(old.id()), 2);

  const auto link = await(all->links.find(old.who, fresh.id()));

  ASSERT_TRUE(link);
  EXPECT_EQ(link->commitment, commitment);
  ASSERT_TRUE(link->answer && link->reveal);
  EXPECT_EQ(link->answer->deviceId, old.id());
  EXPECT_EQ(link->answer->nonce, QByteArray(16, 'o'));
  EXPECT_EQ(link->reveal->identityKey, fresh.identity->publicKey.bytes());
  EXPECT_EQ(link->reveal->nonce, nonce);
  EXPECT_EQ(await(all->links.find(fresh.who, fresh.id()))->answer, link->answer);
}

TEST_F(LinksTest, RefuseARevealThatWasNotCommittedTo) {
  ASSERT_TRUE(await(all->links.put(fresh.who, {commitment, {}, {}})));
  ASSERT_TRUE(await(all->links.answer(old.who, fresh.id(), answer())));
  wire::LinkPut lie = reveal();
  lie.nonce = QByteArray(16, 'x');

  EXPECT_EQ(refusalOf(await(all->links.put(fresh.who, lie))), "link_conflict");
  lie = reveal();
  lie.commitment = wire::linkCommitment(fresh.who.user, fresh.id(), *lie.identityKey, QByteArray(16, 'x'));
  lie.nonce = QByteArray(16, 'x');
  EXPECT_EQ(refusalOf(await(all->links.put(fresh.who, lie))), "link_conflict");
}

TEST_F(LinksTest, AreMadeByPendingAndAnsweredByActiveDevices) {
  EXPECT_EQ(refusalOf(await(all->links.put(old.who, {commitment, {}, {}}))), "forbidden");
  ASSERT_TRUE(await(all->links.put(fresh.who, {commitment, {}, {}})));
  EXPECT_EQ(refusalOf(await(all->links.answer(fresh.who, fresh.id(), answer()))), "device_pending");
}

// Case 52.
TEST_F(LinksTest, BelongToTheirAccount) {
  const TestDevice bobs = firstDevice("bob@gxcoin.test");
  ASSERT_TRUE(await(all->links.put(fresh.who, {commitment, {}, {}})));

  EXPECT_EQ(refusalOf(await(all->links.find(bobs.who, fresh.id()))), "not_found");
  EXPECT_EQ(refusalOf(await(all->links.answer(bobs.who, fresh.id(), answer()))), "not_found");
  EXPECT_EQ(refusalOf(await(all->links.find(old.who, DeviceId{1}))), "not_found");
}

TEST(LinksLimit, HoldsAttemptsPerAccount) {
  HouseSettings settings;
  cache::ruleOf(settings.rules, domain::Limit::Linking) = {2, std::chrono::minutes(2)};
  SqliteHouse house(settings);
  services::Links links(house.ports());
  domain::Principal who;
  who.user = newId<UserId>(house.clock, house.random);
  who.device = DeviceId{5};
  const auto put = [&] { return await(links.put(who, {QByteArray(32, 'c'), {}, {}})); };

  static_cast<void>(put());
  static_cast<void>(put());

  EXPECT_EQ(refusalOf(put()), "rate_limited");
}

}  // namespace gx::test
