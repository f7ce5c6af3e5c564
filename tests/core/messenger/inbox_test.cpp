// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/inbox.h"

#include <gtest/gtest.h>

#include "core/wire/event_names.h"
#include "tests/core/messenger/person.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::Person;
using test::waitUntil;

class InboxOffline : public test::Unconnected {};

TEST_F(InboxOffline, WithoutAConnectionItIsNeverCaughtUp) {
  session->inbox().start();
  EXPECT_TRUE(await(vault->opener().cursor()));

  EXPECT_FALSE(session->inbox().isCaughtUp());
}

TEST_F(InboxOffline, AnEmptyMailboxIsCaughtUpAtOnce) {
  test::SignalProbe<> caughtUp(&session->inbox(), &Inbox::caughtUp);
  session->inbox().start();

  Q_EMIT session->connection().ready(wire::Ready());

  EXPECT_TRUE(caughtUp.waitFor(1));
  EXPECT_TRUE(session->inbox().isCaughtUp());
}

TEST_F(InboxOffline, LettersAheadMeanNotCaughtUp) {
  session->inbox().start();
  wire::Ready ready;
  ready.head = 3;

  Q_EMIT session->connection().ready(ready);

  EXPECT_TRUE(await(vault->opener().cursor()));
  EXPECT_FALSE(session->inbox().isCaughtUp());
}

TEST_F(InboxOffline, MailThatCannotBeReadIsLeftAlone) {
  test::SignalProbe<Error> failed(&session->inbox(), &Inbox::storeFailed);
  session->inbox().start();
  Q_EMIT session->connection().ready(wire::Ready());

  arrives(wire::events::kMail, "{\"messages\":[{}]}");
  arrives(wire::events::kMail, "nothing");
  arrives("no.such.event", "{}");

  EXPECT_EQ(await(vault->opener().cursor()).value().seq, 0);
  EXPECT_EQ(failed.count(), 0U);
  EXPECT_TRUE(session->inbox().isCaughtUp());
}

class InboxOverRelay : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    alice.connects();
    bob.connects();
    chat = alice.talksTo(bob);
    QObject::connect(&bob.session().connection(), &Connection::eventReceived, &m_context,
                     [this](const QByteArray &name, const QByteArray &json) {
                       if (name == wire::events::kMail) mails.append(json);
                     });
  }
  void again(const QByteArray &mail) { Q_EMIT bob.session().connection().eventReceived(wire::events::kMail, mail); }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
  ConversationId chat;
  QByteArrayList mails;  // that reached bob

 private:
  QObject m_context;
};

TEST_F(InboxOverRelay, ALetterThatComesTwiceIsShownOnce) {
  test::SignalProbe<ConversationId, vault::MessageRef, bool> arrived(&bob.session().inbox(), &Inbox::messageArrived);
  test::SignalProbe<ConversationId, QByteArray> failed(&bob.session().inbox(), &Inbox::letterFailed);
  alice.sends(chat, u"once"_s);
  ASSERT_TRUE(bob.sees(chat, u"once"_s));
  ASSERT_EQ(mails.size(), 1);

  again(mails.first());
  alice.sends(chat, u"after it"_s);

  ASSERT_TRUE(bob.sees(chat, u"after it"_s));
  EXPECT_EQ(bob.texts(chat), (QStringList{u"once"_s, u"after it"_s}));
  EXPECT_EQ(arrived.count(), 2U);
  EXPECT_EQ(failed.count(), 0U);
}

TEST_F(InboxOverRelay, WhatArrivesNamesConversationAuthorAndOrigin) {
  test::SignalProbe<ConversationId, vault::MessageRef, bool> arrived(&bob.session().inbox(), &Inbox::messageArrived);

  const auto id = alice.sends(chat, u"hello"_s);

  ASSERT_TRUE(arrived.waitFor(1));
  EXPECT_EQ(arrived.value<0>(), chat);
  EXPECT_EQ(arrived.value<1>(), (vault::MessageRef{alice.self().user, id}));
  EXPECT_FALSE(arrived.value<2>());
}

TEST_F(InboxOverRelay, ALetterThatIsNoneFailsAndTheRestGoesOn) {
  alice.sends(chat, u"good"_s);
  ASSERT_TRUE(bob.sees(chat, u"good"_s));
  test::SignalProbe<ConversationId, QByteArray> failed(&bob.session().inbox(), &Inbox::letterFailed);
  const auto mail = wire::MailEvent::parse(mails.first());
  ASSERT_TRUE(mail);
  wire::MailEvent forged = *mail;
  forged.messages[0].messageId.bytes[0] ^= 1;
  forged.messages[0].kind = wire::EnvelopeKind::Message;
  forged.messages[0].ciphertext = "nothing that opens";

  again(forged.toJson());

  ASSERT_TRUE(failed.waitFor(1));
  EXPECT_FALSE(failed.value<1>().isEmpty());
  alice.sends(chat, u"and on"_s);
  EXPECT_TRUE(bob.sees(chat, u"and on"_s));
}

TEST_F(InboxOverRelay, WhatWaitedIsHereOnceItIsCaughtUp) {
  bob.disconnects();
  for (int i = 0; i < 5; ++i) alice.sends(chat, QString::number(i));

  bob.reopens();
  bob.connects();  // waits for caught up

  EXPECT_EQ(bob.texts(chat).size(), 5);
}

TEST_F(InboxOverRelay, WhatWasTakenIsNotSentAgain) {
  alice.sends(chat, u"once"_s);
  ASSERT_TRUE(bob.sees(chat, u"once"_s));
  bob.disconnects();
  mails.clear();
  bob.reopens();
  QObject context;
  QByteArrayList later;
  QObject::connect(&bob.session().connection(), &Connection::eventReceived, &context,
                   [&](const QByteArray &name, const QByteArray &json) {
                     if (name == wire::events::kMail) later.append(json);
                   });

  bob.connects();

  EXPECT_TRUE(later.isEmpty());
  EXPECT_EQ(bob.texts(chat), QStringList{u"once"_s});
}

TEST_F(InboxOverRelay, AFirstLetterBringsItsConversation) {
  Person carol(relay, "carol@example.org");
  carol.signsUp();
  carol.connects();
  const auto fresh = carol.talksTo(bob);

  carol.sends(fresh, u"we have not met"_s);

  ASSERT_TRUE(bob.sees(fresh, u"we have not met"_s));
  std::vector<model::Contact> others;  // asked of the relay after the letter was opened
  EXPECT_TRUE(waitUntil([&] {
    others = (*await(bob.vault().archive().conversation(fresh)))->others;
    return !others.empty();
  }));
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(others.front().account, u"carol@example.org"_s);
}

}  // namespace
}  // namespace gx::messenger
