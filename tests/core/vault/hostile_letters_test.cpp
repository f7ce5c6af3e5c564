// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.D where the other side or the relay lies inside well-formed letters.
#include "core/vault/strongroom.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class HostileLetters : public VaultTest {
 protected:
  void getsGoing() {
    alice->sends(chat, u"hi"_s);
    settles();
    bob->sends(chat, u"hi yourself"_s);
    settles();
  }
  std::vector<store::ChainGap> gapsAtBob() {
    FixedRandom random(9);
    const auto room = vault::Strongroom::open(bob->file(), bob->key(), clock, random);
    return room ? (*room)->chains.gaps(chat, alice->self).value_or(std::vector<store::ChainGap>())
                : std::vector<store::ChainGap>();
  }
};

TEST_F(HostileLetters, A97_ADroppedLetterLeavesAGapUntilItComes) {
  getsGoing();
  for (const QString &text : {u"a"_s, u"b"_s, u"c"_s}) alice->sends(chat, text);
  auto &mailbox = relay.mailboxes[bob->self];
  auto dropped = mailbox[1];
  mailbox.erase(mailbox.begin() + 1);

  bob->receives();
  const auto gaps = gapsAtBob();
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].first, gaps[0].last);

  dropped.seq += 10;
  EXPECT_EQ(bob->opens(dropped).kind, vault::OpeningKind::Applied);
  EXPECT_TRUE(gapsAtBob().empty());
  const auto texts = bob->texts(chat);
  EXPECT_EQ((std::vector<QString>{texts.end() - 3, texts.end()}), (std::vector<QString>{u"a"_s, u"b"_s, u"c"_s}));
}

TEST_F(HostileLetters, A101_TimesFarAwayAreBroughtNearAndOrderNothing) {
  getsGoing();
  for (const std::chrono::hours off :
       {std::chrono::hours(25), std::chrono::hours(24 * 365 * 50), -std::chrono::hours(24 * 365 * 50)}) {
    clock.jumpWall(off);
    const auto id = alice->queues(chat, QString::number(off.count()));
    clock.jumpWall(-off);
    alice->drains();
    bob->receives();

    const auto line = bob->line(aliceUser, id);
    ASSERT_TRUE(line);
    const auto distance = line->line.message.sentAt - *line->line.message.serverTime;
    EXPECT_LE(distance, 24h);
    EXPECT_GE(distance, -24h);
    EXPECT_EQ(bob->texts(chat).back(), QString::number(off.count()));
  }
}

TEST_F(HostileLetters, A102_EffectsOnWhatIsNotThereChangeNothing) {
  getsGoing();
  const auto before = alice->history(chat);
  const ClientMessageId unknown{{7, 7, 7}};
  bob->sendsUnchecked(chat, model::Edit{unknown, u"edited"_s});
  bob->sendsUnchecked(chat, model::Deletion{unknown});
  bob->sendsUnchecked(chat, model::Reaction{unknown, aliceUser, u"x"_s, false});
  alice->receives();

  const auto after = alice->history(chat);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].message.text, before[i].message.text);
    EXPECT_FALSE(after[i].message.editedAt);
    EXPECT_FALSE(after[i].message.isDeleted);
    EXPECT_TRUE(after[i].message.reactions.empty());
  }
}

TEST_F(HostileLetters, A104_AQuoteNamesItsOriginalAndIsNeverTakenForIt) {
  getsGoing();
  const auto id = alice->sends(chat, u"I owe you nothing"_s);
  settles();
  const auto forged = bob->sends(chat, model::Reply{u"thanks"_s, id, aliceUser, u"I owe you a million"_s});
  const ClientMessageId unknown{{7, 7, 7}};
  const auto nowhere = bob->sends(chat, model::Reply{u"well"_s, unknown, aliceUser, u"I owe you a million"_s});
  settles();

  EXPECT_EQ(alice->line(bobUser, forged)->line.message.quoted, id);
  EXPECT_EQ(alice->line(aliceUser, id)->line.message.text, u"I owe you nothing"_s);
  EXPECT_EQ(alice->line(bobUser, nowhere)->line.message.text, u"well"_s);
  EXPECT_FALSE(alice->line(aliceUser, unknown));
  for (const QString &text : alice->texts(chat)) EXPECT_FALSE(text.contains(u"million"_s));
}

TEST_F(HostileLetters, A105_AReceiptForWhatWasNeverSentChangesNothing) {
  getsGoing();
  const auto mine = alice->sends(chat, u"unread"_s);
  std::vector<ClientMessageId> ids(200);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i].bytes[0] = static_cast<quint8>(i);
  relay.mailboxes[bob->self].clear();  // Bob never saw it
  bob->sendsUnchecked(chat, model::Receipt{model::ReceiptState::Read, ids});
  alice->receives();

  EXPECT_EQ(alice->line(aliceUser, mine)->line.message.state, model::MessageState::Sent);
  EXPECT_EQ(alice->history(chat).size(), 3U);
}

}  // namespace

}  // namespace gx::test
