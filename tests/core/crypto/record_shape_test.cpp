// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/record_shape.h"

#include <gtest/gtest.h>

#include "core/crypto/message_shape.h"
#include "core/crypto/session_record.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

struct RecordShapes : TwoPeers {
  SessionRecord recordOf(CryptoPeer &owner, const CryptoPeer &peer) {
    return *SessionRecord::load(owner.keyring(), peer.address);
  }
};

TEST_F(RecordShapes, TellTheSendingChain) {
  alice.startsWith(bob);
  static_cast<void>(alice.sends(bob, "one"));
  static_cast<void>(alice.sends(bob, "two"));
  const SessionRecord record = recordOf(alice, bob);
  const RecordShape shape = *record.shape();

  ASSERT_TRUE(shape.current);
  EXPECT_EQ(shape.current->version, 3U);
  EXPECT_EQ(shape.current->senderIndex, 2U);
  EXPECT_TRUE(shape.current->hasSenderChain);
  EXPECT_TRUE(shape.current->isPending);
  EXPECT_EQ(shape.current->remoteIdentity, bob.identity.publicKey.view());
  EXPECT_EQ(shape.current->remoteRegistrationId, bob.identity.registrationId);
  EXPECT_TRUE(shape.archived.empty());
  EXPECT_TRUE(shape.isVersion3());
}

TEST_F(RecordShapes, KnowTheReceivingChainAndTheBaseKey) {
  alice.startsWith(bob);
  const Ciphertext first = alice.sends(bob, "one");
  const PreKeyMessageShape message = *preKeyMessageShape(first.bytes);
  ASSERT_TRUE(bob.opens(alice, first));
  const SessionRecord record = recordOf(bob, alice);
  const RecordShape shape = *record.shape();

  EXPECT_EQ(shape.receiverIndex(message.message.ratchetKey), 1U);
  EXPECT_EQ(shape.receiverIndex(mallory.identity.publicKey), std::nullopt);
  EXPECT_TRUE(shape.hasBaseKey(message.baseKey));
  EXPECT_FALSE(shape.hasBaseKey(mallory.identity.publicKey));
}

TEST_F(RecordShapes, AreTheSameBytesAgain) {
  talk();
  const SessionRecord record = recordOf(bob, alice);

  EXPECT_EQ(record.shape()->toBytes(5), record.bytes);
}

TEST_F(RecordShapes, KeepTheNewestArchivedStates) {
  talk();
  std::vector<Ciphertext> onTheirWay;
  for (int i = 0; i < 7; ++i) {
    onTheirWay.push_back(alice.sends(bob, QByteArray::number(i)));
    ASSERT_TRUE(alice.sessionWith(bob).build(bob.bundle()));
    ASSERT_TRUE(bob.opens(alice, alice.sends(bob, "new")));
  }
  const SessionRecord record = recordOf(bob, alice);
  EXPECT_EQ(record.shape()->archived.size(), 5U);
  EXPECT_EQ(record.shape()->toBytes(2).size() < record.bytes.size(), true);

  EXPECT_EQ(bob.reads(alice, onTheirWay[6]), "6");
  EXPECT_EQ(bob.reads(alice, onTheirWay[0]), codes::kInvalidMessage);
}

TEST(RecordShape, OfNothingIsEmpty) {
  const auto shape = RecordShape::parse({});

  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->current);
  EXPECT_EQ(shape->toBytes(5), "");
  EXPECT_TRUE(shape->isVersion3());
}

TEST(RecordShape, LeavesBlankStatesOut) {
  const QByteArray blank = QByteArray::fromHex("0a0208021202080212020802");
  const auto shape = RecordShape::parse(blank);

  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->archived.size(), 2U);
  EXPECT_TRUE(shape->isVersion3());
  EXPECT_EQ(shape->toBytes(5), "");
}

TEST(RecordShape, TellsAnotherVersion) {
  const auto shape = RecordShape::parse(QByteArray::fromHex("0a050809220161"));  // version 9, root key "a"

  ASSERT_TRUE(shape);
  EXPECT_FALSE(shape->isVersion3());
}

TEST(RecordShape, TellsAnotherVersionByAnyKey) {
  const char *const states[] = {"0a0408092200",                           // an empty root key
                                "0a0408093200",                           // a sending chain
                                "0a0b08093a071a050800120161",             // a receiving chain
                                "0a0208021204080922001204080322001200"};  // in an archived state
  for (const char *hex : states) {
    const auto shape = RecordShape::parse(QByteArray::fromHex(hex));
    ASSERT_TRUE(shape) << hex;
    EXPECT_FALSE(shape->isVersion3()) << hex;
  }
}

TEST(RecordShape, RefusesWhatIsNotWellFormed) {
  for (const char *hex : {"0a", "0a05", "0801", "1a00", "0a000a00", "0a02080", "0a020a05", "0a03320108", "0a033a0205"})
    EXPECT_FALSE(RecordShape::parse(QByteArray::fromHex(hex))) << hex;
}

}  // namespace
}  // namespace gx::crypto
