// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_opener.h"
#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class MailCursorTest : public VaultTest {
 protected:
  vault::Incoming nextLetter(qint64 seq) {
    auto &mailbox = relay.mailboxes[bob->self];
    auto letter = mailbox.front();
    mailbox.pop_front();
    letter.seq = seq;
    return letter;
  }
};

TEST_F(MailCursorTest, A108_TakesNewLettersOfARelayThatWasSetBack) {
  bob->fetchesManifest(aliceUser);
  alice->sends(chat, u"before"_s);
  ASSERT_EQ(bob->opens(nextLetter(1000)).kind, vault::OpeningKind::Applied);
  alice->sends(chat, u"after"_s);
  const auto after = nextLetter(900);

  EXPECT_EQ(bob->opens(after).kind, vault::OpeningKind::Applied);
  EXPECT_EQ(bob->opens(after).kind, vault::OpeningKind::Duplicate);

  EXPECT_EQ(bob->texts(chat).back(), u"after"_s);
  EXPECT_EQ(must(bob->vault().opener().cursor()).seq, 1000);
}

TEST_F(MailCursorTest, A108_GoesBackOnlyWhenTheRelayDid) {
  bob->fetchesManifest(aliceUser);
  alice->sends(chat, u"hello"_s);
  const auto letter = nextLetter(1000);
  ASSERT_EQ(bob->opens(letter).kind, vault::OpeningKind::Applied);

  const model::MailCursor taken{1000, letter.messageId};

  EXPECT_FALSE(must(bob->vault().opener().rewind(1000)));
  EXPECT_EQ(must(bob->vault().opener().cursor()), taken);
  EXPECT_TRUE(must(bob->vault().opener().rewind(999)));
  EXPECT_EQ(must(bob->vault().opener().cursor()), (model::MailCursor{999, std::nullopt}));

  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Duplicate);
  EXPECT_EQ(must(bob->vault().opener().cursor()), taken);
}

TEST_F(MailCursorTest, DoesNotOpenAHeldLetterBeforeItsTime) {
  alice->sends(chat, u"from a device not known yet"_s);
  const auto letter = nextLetter(7);
  ASSERT_EQ(bob->opens(letter).kind, vault::OpeningKind::Held);

  EXPECT_EQ(bob->opens(letter).kind, vault::OpeningKind::Duplicate);
  bob->fetchesManifest(aliceUser);

  EXPECT_EQ(must(bob->vault().opener().reopenHeld(aliceUser)).front().kind, vault::OpeningKind::Applied);
}

}  // namespace

}  // namespace gx::test
