// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/outbox_store.h"

#include "core/store/chain_store.h"
#include "core/store/quarantine_store.h"
#include "core/store/resend_store.h"
#include "core/store/sealed_envelope_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class OutboxStoreTest : public StoreTest {
 protected:
  store::OutboxRow inserts(unsigned char number, int outboxClass = 0) {
    store::OutboxRow row;
    row.id = idOf<ClientMessageId>(number);
    row.innerId = row.id;
    row.conversation = chat;
    row.outboxClass = outboxClass;
    row.payload = "payload";
    row.sentAt = fromMillis(number);
    row.position = must(outbox.insert(row));
    return row;
  }
  store::OutboxStore outbox{*database};
  store::SealedEnvelopeStore envelopes{*database};
  store::ResendStore resends{*database};
  store::ChainStore chains{*database};
  store::QuarantineStore quarantine{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
};

TEST_F(OutboxStoreTest, KeepsOrderByClass) {
  const auto first = inserts(1);
  inserts(2);
  const auto control = inserts(3, 1);

  EXPECT_EQ(must(outbox.firstQueued(chat, 0)), first);
  EXPECT_EQ(must(outbox.firstQueued(chat, 1)), control);
  EXPECT_FALSE(must(outbox.firstSealed(chat)));
  must(outbox.setSealed(first.position, 7, "hash"));
  EXPECT_EQ(must(outbox.firstSealed(chat))->chainSequence, 7U);
  EXPECT_EQ(must(outbox.busyConversations()), std::vector<ConversationId>{chat});
  EXPECT_EQ(must(outbox.count(store::OutboxState::Queued, true)), 1);
  EXPECT_EQ(must(outbox.count(store::OutboxState::Queued, false)), 1);
  must(outbox.setFailed(first.position, "forbidden"));
  EXPECT_EQ(must(outbox.failedOf(first.innerId))->reason, "forbidden");
  EXPECT_FALSE(must(outbox.hasQueued(first.innerId)));
}

TEST_F(OutboxStoreTest, DropsSealedBytesWithTheirItem) {
  const auto item = inserts(1);
  const store::SealedRow sealed{device, 17, {crypto::CiphertextType::PreKey, "bytes"}};
  must(envelopes.put(item.position, sealed));
  must(envelopes.put(item.position, {{alice, DeviceId{1}}, 18, {crypto::CiphertextType::Message, "more"}}));

  ASSERT_EQ(must(envelopes.of(item.position)).size(), 2U);
  EXPECT_EQ(must(envelopes.of(item.position))[1], sealed);
  must(envelopes.remove(item.position, {alice, DeviceId{1}}));
  EXPECT_EQ(must(envelopes.of(item.position)).size(), 1U);
  must(outbox.remove(item.position));
  EXPECT_EQ(count("SELECT count(*) FROM sealed_envelope"), 0);
}

TEST_F(OutboxStoreTest, NeverGivesAPositionTwice) {
  const auto first = inserts(1);
  must(outbox.remove(first.position));

  EXPECT_GT(inserts(2).position, first.position);
}

TEST_F(OutboxStoreTest, LogsWhatWasSentUntilAllHaveIt) {
  const store::ResendRow row{idOf<ClientMessageId>(1), chat, "payload", fromMillis(3), 0, "", fromMillis(4)};
  must(resends.insert(row));
  EXPECT_FALSE(must(resends.isDeliveredToAll(row.id)));
  must(resends.setChain(row.id, 5, "hash"));
  must(resends.addTarget(row.id, device));
  must(resends.addTarget(row.id, {bob, DeviceId{3}}));
  must(resends.addLetter(row.id, idOf<MessageId>(8)));

  EXPECT_EQ(must(resends.row(row.id))->chainSequence, 5U);
  EXPECT_EQ(must(resends.carriedBy(idOf<MessageId>(8))), row.id);
  EXPECT_EQ(must(resends.answers(row.id, device)), 0);
  EXPECT_FALSE(must(resends.answers(row.id, {alice, DeviceId{2}})));
  must(resends.countAnswer(row.id, device));
  EXPECT_EQ(must(resends.answers(row.id, device)), 1);
  must(resends.markDelivered(row.id, device));
  EXPECT_FALSE(must(resends.isDeliveredToAll(row.id)));
  must(resends.markDelivered(row.id, {bob, DeviceId{3}}));
  EXPECT_TRUE(must(resends.isDeliveredToAll(row.id)));
  must(resends.forget(fromMillis(5)));
  EXPECT_FALSE(must(resends.row(row.id)));
  EXPECT_FALSE(must(resends.carriedBy(idOf<MessageId>(8))));
}

TEST_F(OutboxStoreTest, SplitsAGapWhereItIsFilled) {
  must(chains.addGap(chat, device, {3, 7}));
  must(chains.fillGap(chat, device, 5));
  must(chains.fillGap(chat, device, 3));
  must(chains.fillGap(chat, device, 99));

  EXPECT_EQ(must(chains.gaps(chat, device)), (std::vector<store::ChainGap>{{4, 4}, {6, 7}}));
}

TEST_F(OutboxStoreTest, StartsChainsAtZeroAndKeepsThem) {
  EXPECT_EQ(must(chains.own(chat)), (store::OwnChain{0, QByteArray(32, '\0')}));
  must(chains.setOwn(chat, {4, "hash"}));
  must(chains.skipOwn(1000));
  EXPECT_EQ(must(chains.own(chat)), (store::OwnChain{1004, "hash"}));
  const store::PeerChain peer{6, 5, "hash", 1};
  must(chains.setPeer(chat, device, peer));
  EXPECT_EQ(must(chains.peer(chat, device)), peer);
  EXPECT_EQ(must(chains.peer(chat, {alice, DeviceId{2}})).lastSequence, 0U);
}

TEST_F(OutboxStoreTest, KeepsLettersThatDidNotOpen) {
  store::QuarantineRow row;
  row.letter = idOf<MessageId>(1);
  row.seq = 12;
  row.conversation = chat;
  row.sender = device;
  row.ciphertext = {crypto::CiphertextType::Message, "bytes"};
  row.cause = "invalid_message";
  row.expectedSequence = 4;
  row.nextTryAt = fromMillis(50);
  row.keptAt = fromMillis(10);
  must(quarantine.put(row));

  EXPECT_EQ(must(quarantine.letter(row.letter)), row);
  EXPECT_EQ(must(quarantine.heldSenders()), std::vector<UserId>{bob});
  EXPECT_EQ(must(quarantine.heldOf(bob)), std::vector<store::QuarantineRow>{row});
  EXPECT_FALSE(must(quarantine.waitingAt(chat, device, 4)));
  EXPECT_FALSE(must(quarantine.nextDue()));
  row.state = store::QuarantineState::Waiting;
  must(quarantine.put(row));
  EXPECT_EQ(must(quarantine.waitingAt(chat, device, 4)), row);
  EXPECT_TRUE(must(quarantine.due(fromMillis(49))).empty());
  EXPECT_EQ(must(quarantine.due(fromMillis(50))).size(), 1U);
  EXPECT_EQ(must(quarantine.nextDue()), fromMillis(50));
  must(quarantine.forget(fromMillis(11)));
  EXPECT_FALSE(must(quarantine.letter(row.letter)));
}

}  // namespace

}  // namespace gx::test
