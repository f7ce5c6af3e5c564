// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_opener.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MessageOpenerTest : public VaultTest {
 protected:
  vault::Incoming takesLetter(TestDevice &device) {
    auto &mailbox = relay.mailboxes[device.self];
    const auto letter = mailbox.front();
    mailbox.pop_front();
    return letter;
  }
  // Sessions in both directions, no prekey messages any more.
  void getsGoing() {
    alice->sends(chat, u"hi"_s);
    settles();
    bob->sends(chat, u"hi yourself"_s);
    settles();
  }
};

TEST_F(MessageOpenerTest, A98_TakesALetterOnceHoweverOftenItComes) {
  getsGoing();
  alice->sends(chat, u"once"_s);
  auto letter = takesLetter(*bob);

  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Applied);
  bob->restarts();  // C12: committed, not acknowledged
  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Duplicate);
  letter.seq += 5;  // the relay gives it a new place
  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Duplicate);
  letter.seq += 1;
  letter.messageId.bytes[3] = 9;  // or makes it a new letter
  const auto replayed = bob->opens(letter);

  EXPECT_EQ(replayed.kind, vault::OpeningKind::Duplicate);
  EXPECT_EQ(replayed.cause, crypto::codes::kDuplicateMessage);
  EXPECT_EQ(bob->texts(chat).size(), 3U);
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, letter.seq);
}

TEST_F(MessageOpenerTest, HoldsLettersOfUnknownDevicesUntilTheListComes) {
  alice->sends(chat, u"hello"_s);
  const auto letter = takesLetter(*bob);

  const auto held = bob->opens(letter);
  bob->restarts();

  EXPECT_EQ(held.kind, vault::OpeningKind::Held);
  EXPECT_EQ(held.wantsManifest, aliceUser);
  EXPECT_EQ(must(bob->vault().opener().heldSenders()), std::vector<UserId>{aliceUser});
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, letter.seq);
  bob->fetchesManifest(aliceUser);
  const auto opened = must(bob->vault().opener().reopenHeld(aliceUser));
  ASSERT_EQ(opened.size(), 1U);
  EXPECT_EQ(opened[0].kind, vault::OpeningKind::Applied);
  EXPECT_TRUE(must(bob->vault().opener().heldSenders()).empty());
  EXPECT_EQ(bob->texts(chat), std::vector<QString>{u"hello"_s});
}

TEST_F(MessageOpenerTest, HoldsLettersOfARemovedDevice) {
  getsGoing();
  bob->fetchesManifest(aliceUser);
  unlists(*laptop, *alice);
  bob->fetchesManifest(aliceUser);
  alice->sends(chat, u"I was thrown out"_s);

  EXPECT_EQ(bob->opens(takesLetter(*bob)).kind, vault::OpeningKind::Held);
  EXPECT_EQ(bob->texts(chat).size(), 2U);
}

TEST_F(MessageOpenerTest, HoldsWhileTrustIsBroken) {
  getsGoing();
  must(bob->vault().manifests().apply(aliceUser, {relay.accounts[aliceUser].chain.front()}));  // rollback
  alice->sends(chat, u"wait"_s);

  EXPECT_EQ(bob->opens(takesLetter(*bob)).kind, vault::OpeningKind::Held);
  bob->fetchesManifest(aliceUser, true);
  EXPECT_EQ(must(bob->vault().opener().reopenHeld(aliceUser)).front().kind, vault::OpeningKind::Applied);
}

TEST_F(MessageOpenerTest, A118_M1_APrekeyMessageThatFailsPlantsNothing) {
  alice->sends(chat, u"hello"_s);
  auto letter = takesLetter(*bob);
  bob->fetchesManifest(aliceUser);
  const auto before = must(bob->vault().manifests().pinned(aliceUser));
  auto forged = letter;
  forged.messageId.bytes[4] = 1;
  auto &bytes = forged.ciphertext.bytes;
  bytes[bytes.size() - 9] =
      static_cast<char>(bytes[bytes.size() - 9] ^ 1);  // in the inner MAC; 5 bytes of ids follow it

  EXPECT_EQ(bob->opens(forged).cause, crypto::codes::kInvalidMessage);
  const auto after = must(bob->vault().manifests().pinned(aliceUser));
  letter.seq += 1;
  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Applied);  // its prekey is still there

  EXPECT_EQ(after.devices, before.devices);
}

TEST_F(MessageOpenerTest, A119_M2_AnotherOuterIdentityInALaterPrekeyMessageIsNotTaken) {
  alice->sends(chat, u"one"_s);
  bob->receives();
  alice->sends(chat, u"two"_s);
  auto letter = takesLetter(*bob);
  ASSERT_EQ(letter.ciphertext.type, crypto::CiphertextType::PreKey);
  const QByteArray own = relay.keys[alice->self].identity.bytes();
  const QByteArray other = relay.keys[laptop->self].identity.bytes();
  ASSERT_TRUE(letter.ciphertext.bytes.contains(own));
  letter.ciphertext.bytes.replace(own, other);

  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Held);
  EXPECT_EQ(bob->texts(chat), std::vector<QString>{u"one"_s});
}

TEST_F(MessageOpenerTest, M3_NothingIsSealedForADeviceThatIsNoLongerListed) {
  getsGoing();
  unlists(*alice, *laptop);

  const auto sealed = alice->seals(alice->queues(chat, u"hello"_s));

  ASSERT_EQ(sealed.envelopes.size(), 1U);
  EXPECT_EQ(sealed.envelopes[0].to, bob->self);
}

TEST_F(MessageOpenerTest, A100_M4_ALetterInAnotherConversationOrOfAnotherSenderIsRefused) {
  getsGoing();
  alice->sends(chat, u"for this chat"_s);
  auto letter = takesLetter(*bob);
  auto moved = letter;
  moved.conversation = ConversationId{{4}};
  moved.messageId.bytes[4] = 1;

  const auto refused = bob->opens(moved);
  letter.seq += 1;
  const auto taken = bob->opens(letter);

  EXPECT_EQ(refused.kind, vault::OpeningKind::Failed);
  EXPECT_EQ(refused.cause, vault::codes::kHeaderMismatch);
  EXPECT_FALSE(must(bob->vault().archive().conversation(moved.conversation)));
  EXPECT_EQ(taken.kind, vault::OpeningKind::Applied);  // the ratchet step of the refused one was taken back
}

TEST_F(MessageOpenerTest, AppliesEditsDeletionsAndReactionsOfTheirAuthors) {
  const auto first = alice->sends(chat, u"firts"_s);
  const auto second = alice->sends(chat, u"second"_s);
  settles();

  alice->sends(chat, model::Edit{first, u"first"_s});
  bob->sends(chat, model::Reaction{first, aliceUser, u"+1"_s, false});
  alice->sends(chat, model::Deletion{second});
  settles();

  for (TestDevice *device : {alice.get(), laptop.get(), bob.get()}) {
    const auto edited = device->line(aliceUser, first)->line.message;
    EXPECT_EQ(edited.text, u"first"_s);
    EXPECT_TRUE(edited.editedAt);
    EXPECT_EQ(edited.reactions, (std::vector<model::MessageReaction>{{bobUser, u"+1"_s}}));
    EXPECT_TRUE(device->line(aliceUser, second)->line.message.isDeleted);
    EXPECT_TRUE(device->line(aliceUser, second)->line.message.text.isEmpty());
  }
  bob->sends(chat, model::Reaction{first, aliceUser, u"+1"_s, true});
  settles();
  EXPECT_TRUE(alice->line(aliceUser, first)->line.message.reactions.empty());
}

TEST_F(MessageOpenerTest, A102_DoesNotLetAnybodyChangeOthersMessages) {
  const auto id = alice->sends(chat, u"mine"_s);
  settles();

  bob->sendsUnchecked(chat, model::Edit{id, u"changed"_s});
  bob->sendsUnchecked(chat, model::Deletion{id});
  bob->sendsUnchecked(chat, model::Receipt{model::ReceiptState::Read, {ClientMessageId{{8}}}});
  settles();

  for (TestDevice *device : {alice.get(), laptop.get()}) {
    EXPECT_EQ(device->line(aliceUser, id)->line.message.text, u"mine"_s);
    EXPECT_FALSE(device->line(aliceUser, id)->line.message.isDeleted);
    EXPECT_EQ(device->history(chat).size(), 1U);
  }
}

TEST_F(MessageOpenerTest, A102_TakesNoEditAfterADay) {
  const auto id = alice->sends(chat, u"old"_s);
  settles();
  clock.advance(25h);

  alice->sendsUnchecked(chat, model::Edit{id, u"rewritten history"_s});
  settles();

  EXPECT_EQ(bob->line(aliceUser, id)->line.message.text, u"old"_s);
}

TEST_F(MessageOpenerTest, A103_CountsAReactionOncePerPersonAndSign) {
  const auto id = alice->sends(chat, u"nice"_s);
  settles();

  for (int i = 0; i < 30; ++i) bob->sendsUnchecked(chat, model::Reaction{id, aliceUser, QString::number(i), false});
  for (int i = 0; i < 3; ++i) bob->sendsUnchecked(chat, model::Reaction{id, aliceUser, u"0"_s, false});
  settles();

  EXPECT_EQ(alice->line(aliceUser, id)->line.message.reactions.size(), 20U);
}

TEST_F(MessageOpenerTest, KeepsAnEffectUntilItsMessageComes) {
  getsGoing();
  const auto id = alice->sends(chat, u"text"_s);
  alice->sends(chat, model::Edit{id, u"edited"_s});
  const auto text = takesLetter(*bob);
  const auto edit = takesLetter(*bob);
  auto late = text;
  late.seq = edit.seq + 1;

  bob->opens(edit);
  EXPECT_FALSE(bob->line(aliceUser, id));
  bob->opens(late);

  EXPECT_EQ(bob->line(aliceUser, id)->line.message.text, u"edited"_s);
}

TEST_F(MessageOpenerTest, ShowsRepliesWithWhatTheyQuote) {
  const auto id = alice->sends(chat, u"question"_s);
  settles();

  const auto reply = bob->sends(chat, model::Reply{u"answer"_s, id, aliceUser, u"quest"_s});
  settles();

  EXPECT_EQ(alice->line(bobUser, reply)->line.message.quoted, id);
  EXPECT_EQ(alice->line(bobUser, reply)->line.message.text, u"answer"_s);
}

TEST_F(MessageOpenerTest, A99_KeepsTheOrderOfASenderWhateverTheRelayDoes) {
  getsGoing();
  for (const QString &text : {u"a"_s, u"b"_s, u"c"_s}) alice->sends(chat, text);
  auto &mailbox = relay.mailboxes[bob->self];
  std::swap(mailbox[0].ciphertext, mailbox[2].ciphertext);
  std::swap(mailbox[0].messageId, mailbox[2].messageId);

  bob->receives();

  const auto texts = bob->texts(chat);
  EXPECT_EQ((std::vector<QString>{texts.end() - 3, texts.end()}), (std::vector<QString>{u"a"_s, u"b"_s, u"c"_s}));
}

TEST_F(MessageOpenerTest, ClearsUnreadOnTheOwnOtherDevice) {
  bob->sends(chat, u"hello"_s);
  settles();
  EXPECT_EQ(laptop->unread(chat), 1);

  alice->reads(chat);
  settles();

  EXPECT_EQ(laptop->unread(chat), 0);
}

TEST_F(MessageOpenerTest, MakesARoomForALetterOfAnUnknownConversation) {
  TestDevice fresh(relay, clock, {bobUser, DeviceId{23}}, u"bob@gxcoin.test"_s, 70);
  fresh.uploadsKeys();
  lists(*bob, fresh);
  alice->fetchesManifest(bobUser);
  alice->sends(chat, u"hello"_s);
  fresh.fetchesManifest(bobUser);

  const auto openings = fresh.receives();

  EXPECT_EQ(openings.back().kind, vault::OpeningKind::Applied);
  EXPECT_TRUE(openings.back().isNewConversation);
  must(fresh.vault().archive().upsert(facts()));
  EXPECT_EQ(fresh.unread(chat), 1);
}

TEST_F(MessageOpenerTest, AsksForANewerListThatASenderNames) {
  getsGoing();
  auto tablet = joins(aliceUser, 14, 71);
  lists(*alice, *tablet);
  alice->sends(chat, u"from the old device"_s);

  const auto opening = bob->opens(takesLetter(*bob));

  EXPECT_EQ(opening.kind, vault::OpeningKind::Applied);
  EXPECT_EQ(opening.wantsManifest, aliceUser);
}

}  // namespace

}  // namespace gx::test
