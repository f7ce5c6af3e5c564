// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/resend_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class ResendStoreTest : public StoreTest {
 protected:
  store::ResendRow inserts(unsigned char number, qint64 madeAt) {
    const store::ResendRow row{
        idOf<ClientMessageId>(number), chat, "payload", fromMillis(3), 0, "", fromMillis(madeAt)};
    must(resends.insert(row));
    return row;
  }
  store::ResendStore resends{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
  const model::DeviceAddress other{bob, DeviceId{3}};
};

TEST_F(ResendStoreTest, KeepsWhatWasSentWithItsPlaceInTheChain) {
  auto row = inserts(1, 4);
  EXPECT_EQ(must(resends.row(row.id)), row);
  must(resends.setChain(row.id, 5, "hash"));

  row.chainSequence = 5;
  row.previousHash = "hash";
  EXPECT_EQ(must(resends.row(row.id)), row);
  EXPECT_FALSE(resends.insert(row));
}

TEST_F(ResendStoreTest, FindsItByTheLetterThatCarriedIt) {
  const auto row = inserts(1, 4);
  must(resends.addLetter(row.id, idOf<MessageId>(8)));
  must(resends.addLetter(row.id, idOf<MessageId>(9)));
  must(resends.addLetter(row.id, idOf<MessageId>(9)));

  EXPECT_EQ(must(resends.carriedBy(idOf<MessageId>(8))), row.id);
  EXPECT_EQ(must(resends.carriedBy(idOf<MessageId>(9))), row.id);
  EXPECT_FALSE(must(resends.carriedBy(idOf<MessageId>(7))));
}

TEST_F(ResendStoreTest, CountsAnswersOnlyForThoseItWasSentTo) {
  const auto row = inserts(1, 4);
  must(resends.addTarget(row.id, device));
  must(resends.countAnswer(row.id, device));
  must(resends.countAnswer(row.id, device));
  must(resends.addTarget(row.id, device));
  must(resends.countAnswer(row.id, other));

  EXPECT_EQ(must(resends.answers(row.id, device)), 2);
  EXPECT_FALSE(must(resends.answers(row.id, other)));
  EXPECT_FALSE(must(resends.answers(row.id, {alice, DeviceId{2}})));
}

TEST_F(ResendStoreTest, IsDeliveredWhenEveryDeviceSaidSo) {
  const auto row = inserts(1, 4);
  EXPECT_FALSE(must(resends.isDeliveredToAll(row.id)));
  must(resends.addTarget(row.id, device));
  must(resends.addTarget(row.id, other));
  must(resends.markDelivered(row.id, device));
  EXPECT_FALSE(must(resends.isDeliveredToAll(row.id)));
  must(resends.markDelivered(row.id, other));

  EXPECT_TRUE(must(resends.isDeliveredToAll(row.id)));
}

TEST_F(ResendStoreTest, ForgetsAllOfWhatIsOld) {
  const auto old = inserts(1, 4);
  const auto young = inserts(2, 5);
  must(resends.addTarget(old.id, device));
  must(resends.addLetter(old.id, idOf<MessageId>(8)));

  must(resends.forget(fromMillis(5)));

  EXPECT_FALSE(must(resends.row(old.id)));
  EXPECT_FALSE(must(resends.carriedBy(idOf<MessageId>(8))));
  EXPECT_EQ(count("SELECT count(*) FROM resend_target"), 0);
  EXPECT_TRUE(must(resends.row(young.id)));
  must(resends.remove(young.id));
  EXPECT_FALSE(must(resends.row(young.id)));
}

}  // namespace

}  // namespace gx::test
