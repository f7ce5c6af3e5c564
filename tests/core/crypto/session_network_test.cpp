// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Sessions over a network that loses order, repeats and damages, and stores that are rolled back: what each text owes.
#include <gtest/gtest.h>

#include <set>

#include "core/crypto/message_shape.h"
#include "core/crypto/record_shape.h"
#include "tests/core/crypto/crypto_peer.h"

namespace gx::crypto {
namespace {

using namespace gx::test;

struct Letter {
  Ciphertext ciphertext;
  QByteArray text;
};

struct Network : TwoPeers {
  void post(CryptoPeer &from, const CryptoPeer &to, std::vector<Letter> &box) {
    const QByteArray text = toText(from.address.user) + QByteArray::number(next++);
    box.push_back({from.sends(to, text), text});
  }
  // Takes a letter of the box at random; keeps it there for a repetition now and then.
  void deliver(CryptoPeer &to, const CryptoPeer &from, std::vector<Letter> &box) {
    if (box.empty()) return;
    const auto index = static_cast<qsizetype>(chance.below(box.size()));
    const Letter letter = box[static_cast<std::size_t>(index)];
    if (chance.below(5) != 0) box.erase(box.begin() + index);
    if (chance.below(4) == 0) crashWhileOpening(to, from, letter);
    const QByteArray read = to.reads(from, letter.ciphertext);
    if (seen.contains(letter.text)) {
      EXPECT_NE(read, letter.text) << "opened twice";
    } else {
      ASSERT_EQ(read, letter.text);
      seen.insert(letter.text);
    }
  }
  // The process dies before the commit: nothing of it may remain.
  static void crashWhileOpening(CryptoPeer &to, const CryptoPeer &from, const Letter &letter) {
    const InMemoryKeyStore before = to.store;
    static_cast<void>(to.opens(from, letter.ciphertext));
    to.store = before;
  }

  FixedRandom chance{42};
  int next = 0;
  std::set<QByteArray> seen;
  std::vector<Letter> toAlice;
  std::vector<Letter> toBob;
};

TEST_F(Network, A130_OpensEachTextOnceWithinFiveRoundTrips) {
  talk();
  for (int round = 0; round < 60; ++round) {
    for (quint64 i = chance.below(6); i > 0; --i) post(alice, bob, toBob);
    for (quint64 i = chance.below(6); i > 0; --i) post(bob, alice, toAlice);
    while (!toBob.empty()) deliver(bob, alice, toBob);
    while (!toAlice.empty()) deliver(alice, bob, toAlice);
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(next));
}

TEST_F(Network, A130_ComesTogetherAfterResetsOnBothSides) {
  talk();
  for (int round = 0; round < 12; ++round) {
    CryptoPeer &who = round % 2 ? alice : bob;
    CryptoPeer &other = round % 2 ? bob : alice;
    ASSERT_TRUE(who.sessionWith(other).archive());
    other.oneTime.clear();
    who.startsWith(other);
    ASSERT_EQ(other.reads(who, who.sends(other, "reset")), "reset");
    ASSERT_EQ(who.reads(other, other.sends(who, "answer")), "answer");
  }
}

// Deterministic mutations: no parser of ours reads outside of its input (the sanitizers watch) or says yes to noise.
TEST_F(Network, ParsersSurviveMutations) {
  talk();
  const QByteArray message = alice.sends(bob, "x").bytes;
  alice.startsWith(bob);
  const QByteArray start = alice.sends(bob, "x").bytes;
  for (int i = 0; i < 20'000; ++i) {
    QByteArray bytes = i % 2 ? message : start;
    for (quint64 changes = 1 + chance.below(4); changes > 0; --changes)
      bytes[static_cast<qsizetype>(chance.below(static_cast<quint64>(bytes.size())))] =
          static_cast<char>(chance.below(256));
    bytes.truncate(static_cast<qsizetype>(1 + chance.below(static_cast<quint64>(bytes.size()))));
    const auto asMessage = messageShape(bytes);
    const auto asStart = preKeyMessageShape(bytes);
    const auto asRecord = RecordShape::parse(bytes);
    EXPECT_FALSE(asMessage && asStart);
    if (asRecord) static_cast<void>(asRecord->toBytes(5));
  }
}

TEST_F(Network, NoiseNeverChangesAStore) {
  talk();
  const InMemoryKeyStore before = bob.store;
  for (int i = 0; i < 500; ++i) {
    const QByteArray noise = "3" + chance.bytes(static_cast<qsizetype>(chance.below(300)));
    for (const auto type : {CiphertextType::Message, CiphertextType::PreKey})
      EXPECT_FALSE(bob.opens(alice, {type, noise}));
  }
  EXPECT_EQ(bob.store, before);
}

}  // namespace
}  // namespace gx::crypto
