// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/sealed_envelope_store.h"

#include "core/store/outbox_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class SealedEnvelopeStoreTest : public StoreTest {
 protected:
  qint64 inserts(unsigned char number) {
    store::OutboxRow row;
    row.id = idOf<ClientMessageId>(number);
    row.innerId = row.id;
    row.conversation = chat;
    return must(outbox.insert(row));
  }
  store::OutboxStore outbox{*database};
  store::SealedEnvelopeStore envelopes{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
  const model::DeviceAddress first{alice, DeviceId{1}};
};

TEST_F(SealedEnvelopeStoreTest, GivesThemByDevice) {
  const auto item = inserts(1);
  const store::SealedRow sealed{device, 17, {crypto::CiphertextType::PreKey, "bytes"}};
  must(envelopes.put(item, sealed));
  must(envelopes.put(item, {first, 18, {crypto::CiphertextType::Message, "more"}}));

  ASSERT_EQ(must(envelopes.of(item)).size(), 2U);
  EXPECT_EQ(must(envelopes.of(item))[0].to, first);
  EXPECT_EQ(must(envelopes.of(item))[1], sealed);
  EXPECT_TRUE(must(envelopes.of(item + 1)).empty());
}

TEST_F(SealedEnvelopeStoreTest, ReplacesTheOneOfADevice) {
  const auto item = inserts(1);
  must(envelopes.put(item, {device, 17, {crypto::CiphertextType::PreKey, "old"}}));
  const store::SealedRow anew{device, 19, {crypto::CiphertextType::Message, "new"}};
  must(envelopes.put(item, anew));

  EXPECT_EQ(must(envelopes.of(item)), std::vector<store::SealedRow>{anew});
}

TEST_F(SealedEnvelopeStoreTest, RemovesOneOrAllOfAnItem) {
  const auto item = inserts(1);
  const auto other = inserts(2);
  for (const auto position : {item, other}) {
    must(envelopes.put(position, {device, 1, {crypto::CiphertextType::Message, "a"}}));
    must(envelopes.put(position, {first, 1, {crypto::CiphertextType::Message, "b"}}));
  }
  must(envelopes.remove(item, first));
  EXPECT_EQ(must(envelopes.of(item)).size(), 1U);
  must(envelopes.removeAll(item));

  EXPECT_TRUE(must(envelopes.of(item)).empty());
  EXPECT_EQ(must(envelopes.of(other)).size(), 2U);
}

TEST_F(SealedEnvelopeStoreTest, GoesWithItsItem) {
  const auto item = inserts(1);
  must(envelopes.put(item, {device, 1, {crypto::CiphertextType::Message, "a"}}));
  must(outbox.remove(item));

  EXPECT_EQ(count("SELECT count(*) FROM sealed_envelope"), 0);
  EXPECT_FALSE(envelopes.put(item, {device, 1, {crypto::CiphertextType::Message, "a"}}));
}

}  // namespace

}  // namespace gx::test
