// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/chain_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class ChainStoreTest : public StoreTest {
 protected:
  std::vector<store::ChainGap> gaps() { return must(chains.gaps(chat, device)); }
  store::ChainStore chains{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
  const model::DeviceAddress other{bob, DeviceId{3}};
};

TEST_F(ChainStoreTest, StartsChainsAtZeroAndKeepsThem) {
  EXPECT_EQ(must(chains.own(chat)), (store::OwnChain{0, QByteArray(32, '\0')}));
  must(chains.setOwn(chat, {4, "hash"}));
  must(chains.skipOwn(1000));

  EXPECT_EQ(must(chains.own(chat)), (store::OwnChain{1004, "hash"}));
  EXPECT_EQ(must(chains.own(idOf<ConversationId>(9))).lastSequence, 0U);
}

TEST_F(ChainStoreTest, KeepsOneChainPerSendingDevice) {
  const store::PeerChain peer{6, 5, "hash", 1};
  must(chains.setPeer(chat, device, peer));

  EXPECT_EQ(must(chains.peer(chat, device)), peer);
  EXPECT_EQ(must(chains.peer(chat, other)), (store::PeerChain{0, 0, QByteArray(32, '\0'), 0}));
  EXPECT_EQ(must(chains.peer(idOf<ConversationId>(9), device)).lastSequence, 0U);
}

TEST_F(ChainStoreTest, SplitsAGapWhereItIsFilled) {
  must(chains.addGap(chat, device, {3, 7}));
  must(chains.fillGap(chat, device, 5));
  EXPECT_EQ(gaps(), (std::vector<store::ChainGap>{{3, 4}, {6, 7}}));
  must(chains.fillGap(chat, device, 3));
  must(chains.fillGap(chat, device, 7));
  EXPECT_EQ(gaps(), (std::vector<store::ChainGap>{{4, 4}, {6, 6}}));
  must(chains.fillGap(chat, device, 4));
  must(chains.fillGap(chat, device, 6));

  EXPECT_TRUE(gaps().empty());
}

TEST_F(ChainStoreTest, LeavesGapsAloneWhereNothingIsMissing) {
  must(chains.addGap(chat, device, {3, 4}));
  must(chains.addGap(chat, other, {5, 5}));
  for (const quint64 sequence : {quint64{2}, quint64{5}, quint64{99}}) must(chains.fillGap(chat, device, sequence));

  EXPECT_EQ(gaps(), (std::vector<store::ChainGap>{{3, 4}}));
  EXPECT_EQ(must(chains.gaps(chat, other)), (std::vector<store::ChainGap>{{5, 5}}));
}

}  // namespace

}  // namespace gx::test
