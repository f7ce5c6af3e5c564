// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/contact_store.h"
#include "core/store/deferred_effect_store.h"
#include "core/store/device_receipt_store.h"
#include "core/store/draft_store.h"
#include "core/store/receipt_queue_store.h"
#include "core/store/received_store.h"
#include "core/store/setting_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class SmallStoresTest : public StoreTest {};

TEST_F(SmallStoresTest, SettingsAreReplaced) {
  store::SettingStore settings(*database);
  must(settings.set(u"a"_s, u"1"_s));
  must(settings.set(u"a"_s, u"2"_s));

  EXPECT_EQ(must(settings.value(u"a"_s)), u"2"_s);
  EXPECT_FALSE(must(settings.value(u"b"_s)));
}

TEST_F(SmallStoresTest, DraftsCarryQuoteAndEditTarget) {
  store::DraftStore drafts(*database);
  const model::Draft draft{chat, u"half"_s, idOf<ClientMessageId>(1), std::nullopt, fromMillis(5)};
  must(drafts.put(draft));

  EXPECT_EQ(must(drafts.draft(chat)), draft);
  must(drafts.remove(chat));
  EXPECT_FALSE(must(drafts.draft(chat)));
}

TEST_F(SmallStoresTest, ContactsKeepWhatThePersonSet) {
  store::ContactStore contacts(*database);
  must(contacts.ensure(bob, u"bob@gxcoin.test"_s));
  auto contact = *must(contacts.contact(bob));
  contact.displayName = u"Bob"_s;
  contact.isBlocked = true;
  must(contacts.update(contact));
  must(contacts.ensure(bob, u"robert@gxcoin.test"_s));
  must(contacts.ensure(bob, QString()));

  contact.account = u"robert@gxcoin.test"_s;
  EXPECT_EQ(must(contacts.contact(bob)), contact);
  EXPECT_EQ(must(contacts.userOf(u"robert@gxcoin.test"_s)), bob);
  EXPECT_FALSE(must(contacts.userOf(u"bob@gxcoin.test"_s)));
}

TEST_F(SmallStoresTest, LettersAndContentsAreSeenOnce) {
  store::ReceivedStore received(*database);
  const model::DeviceAddress sender{bob, DeviceId{2}};
  const model::DeviceAddress other{bob, DeviceId{3}};
  must(received.addLetter(idOf<MessageId>(1), fromMillis(10)));
  must(received.addLetter(idOf<MessageId>(1), fromMillis(10)));

  EXPECT_TRUE(must(received.hasLetter(idOf<MessageId>(1))));
  EXPECT_TRUE(must(received.addContent(sender, idOf<ClientMessageId>(1), fromMillis(10))));
  EXPECT_FALSE(must(received.addContent(sender, idOf<ClientMessageId>(1), fromMillis(10))));
  EXPECT_TRUE(must(received.addContent(other, idOf<ClientMessageId>(1), fromMillis(10))));
  must(received.forget(fromMillis(11)));
  EXPECT_FALSE(must(received.hasLetter(idOf<MessageId>(1))));
}

TEST_F(SmallStoresTest, ReadReceiptsReplaceDeliveredOnes) {
  store::ReceiptQueueStore queue(*database);
  const auto id = idOf<ClientMessageId>(1);
  must(queue.put(chat, {bob, id, false, fromMillis(5)}));
  must(queue.put(chat, {bob, id, true, fromMillis(7)}));
  must(queue.put(chat, {bob, id, false, fromMillis(9)}));
  must(queue.put(chat, {bob, idOf<ClientMessageId>(2), false, fromMillis(6)}));

  EXPECT_EQ(must(queue.count(chat)), 2);
  const store::PendingReceipt read{bob, id, true, fromMillis(5)};
  EXPECT_EQ(must(queue.oldest(chat, true, 10)), std::vector<store::PendingReceipt>{read});
  EXPECT_EQ(must(queue.oldest(chat, false, 10)).size(), 1U);
  ASSERT_EQ(must(queue.waiting()).size(), 1U);
  EXPECT_EQ(must(queue.waiting())[0].oldest, fromMillis(5));
  must(queue.remove(chat, read));
  EXPECT_EQ(must(queue.count(chat)), 1);
}

TEST_F(SmallStoresTest, DeviceReceiptsOnlyGrow) {
  must(
      database->execute("INSERT INTO message(id, conversation, author, client_id, device, kind, body, state, sent_at, "
                        "chain_seq, sort_time) VALUES (1, x'', x'', x'', 1, 0, '', 2, 0, 1, 1)"));
  store::DeviceReceiptStore receipts(*database);
  const model::DeviceAddress device{bob, DeviceId{2}};
  must(receipts.mark(1, device, false, fromMillis(10)));
  must(receipts.mark(1, device, true, fromMillis(20)));
  must(receipts.mark(1, device, true, fromMillis(30)));
  must(receipts.mark(1, device, false, fromMillis(40)));

  const store::DeviceReceiptRow expected{device, fromMillis(10), fromMillis(20)};
  EXPECT_EQ(must(receipts.of(1)), std::vector<store::DeviceReceiptRow>{expected});
}

TEST_F(SmallStoresTest, EffectsWaitInOrderAndInBounds) {
  store::DeferredEffectStore effects(*database);
  const auto target = idOf<ClientMessageId>(1);
  for (int i = 0; i < 210; ++i)
    must(
        effects.put({0, chat, alice, target, {bob, DeviceId{2}}, QByteArray::number(i), fromMillis(i), fromMillis(i)}));

  const auto taken = must(effects.take(alice, target));

  ASSERT_EQ(taken.size(), std::size_t{store::DeferredEffectStore::kMaxPerPerson});
  EXPECT_EQ(taken[0].payload, "0");
  EXPECT_EQ(taken[199].payload, "199");
  EXPECT_TRUE(must(effects.take(alice, target)).empty());
}

}  // namespace

}  // namespace gx::test
