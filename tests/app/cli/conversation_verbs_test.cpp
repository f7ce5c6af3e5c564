// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/conversation_verbs.h"

#include <gtest/gtest.h>

#include <QJsonArray>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class ConversationVerbs : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(alice.registers().code, kOk);
    ASSERT_EQ(bob.registers().code, kOk);
  }
  void sends(const QString &text) {
    const auto said = alice.asks({u"send"_s, bob.who(), text});
    ASSERT_EQ(said.code, kOk) << said.error.constData();
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
  CliUser bob{relay.url(), "bob@example.org"};
};

TEST_F(ConversationVerbs, AFreshProfileSaysHowToBegin) {
  const auto said = alice.runs({u"conversations"_s});

  EXPECT_EQ(said.code, kOk);
  EXPECT_TRUE(said.output.isEmpty());
  EXPECT_TRUE(said.error.contains("No conversation yet"));
}

TEST_F(ConversationVerbs, TheListCountsWhatWasNotRead) {
  sends(u"one"_s);
  sends(u"two"_s);

  const auto row = bob.asks({u"conversations"_s}).event(u"conversation"_s);
  EXPECT_EQ(row[u"with"_s].toArray(), QJsonArray{alice.who()});
  EXPECT_EQ(row[u"unread"_s].toInt(), 2);
  EXPECT_EQ(row[u"preview"_s].toString(), u"two"_s);
  EXPECT_TRUE(bob.runs({u"conversations"_s}).output.contains("alice@example.org  (2 new)  two"));

  ASSERT_EQ(bob.asks({u"history"_s, alice.who()}).code, kOk);
  EXPECT_EQ(bob.asks({u"conversations"_s}).event(u"conversation"_s)[u"unread"_s].toInt(-1), 0);
}

TEST_F(ConversationVerbs, HistoryIsOldestFirstAndLimited) {
  for (const auto &text : {u"1"_s, u"2"_s, u"3"_s}) sends(text);

  const auto all = bob.asks({u"history"_s, alice.who()}).events(u"history"_s);
  ASSERT_EQ(all.size(), 3);
  EXPECT_EQ(all[0][u"text"_s].toString(), u"1"_s);

  const auto two = bob.asks({u"history"_s, alice.who(), u"--limit"_s, u"2"_s}).events(u"history"_s);
  ASSERT_EQ(two.size(), 2);
  EXPECT_EQ(two[0][u"text"_s].toString(), u"2"_s);
}

TEST_F(ConversationVerbs, ReadingHistoryTellsTheSender) {
  sends(u"read me"_s);
  EXPECT_EQ(alice.newest(bob.who())[u"state"_s].toString(), u"sent"_s);

  ASSERT_EQ(bob.asks({u"history"_s, alice.who()}).code, kOk);

  EXPECT_EQ(alice.newest(bob.who())[u"state"_s].toString(), u"read"_s);
}

TEST_F(ConversationVerbs, AnEmptyConversationSaysSo) {
  const auto said = alice.runs({u"history"_s, bob.who()});

  EXPECT_EQ(said.code, kOk);
  EXPECT_TRUE(said.error.contains("Nothing was said here yet."));
}

TEST_F(ConversationVerbs, ANameIsTakenInAnyCase) {
  sends(u"hello"_s);

  EXPECT_EQ(bob.newest(u" Alice@Example.ORG "_s)[u"text"_s].toString(), u"hello"_s);
}

TEST_F(ConversationVerbs, OfflineShowsWhatIsHere) {
  sends(u"kept"_s);
  ASSERT_EQ(bob.asks({u"history"_s, alice.who()}).code, kOk);
  relay.stop();

  const auto said = bob.asks({u"history"_s, alice.who()});

  EXPECT_EQ(said.code, kOk);
  EXPECT_TRUE(said.error.contains("Offline: this is what is here already."));
  EXPECT_EQ(said.event(u"history"_s)[u"text"_s].toString(), u"kept"_s);
}

TEST_F(ConversationVerbs, SafetyNumbersAgreeAndKeepTheDecision) {
  sends(u"hello"_s);
  ASSERT_EQ(bob.asks({u"history"_s, alice.who()}).code, kOk);

  const auto ours = alice.asks({u"safety"_s, bob.who()}).event(u"safety"_s);
  const auto theirs = bob.asks({u"safety"_s, alice.who()}).event(u"safety"_s);
  EXPECT_EQ(ours[u"digits"_s].toString().size(), 60);
  EXPECT_EQ(ours[u"digits"_s], theirs[u"digits"_s]);
  EXPECT_EQ(ours[u"trust"_s].toString(), u"unverified"_s);

  EXPECT_EQ(alice.asks({u"safety"_s, bob.who(), u"verify"_s}).event(u"safety"_s)[u"trust"_s].toString(), u"verified"_s);
  EXPECT_TRUE(alice.runs({u"safety"_s, bob.who()}).output.contains("You compared it: verified."));
  EXPECT_EQ(alice.asks({u"safety"_s, bob.who(), u"unverify"_s}).event(u"safety"_s)[u"trust"_s].toString(),
            u"unverified"_s);
}

TEST_F(ConversationVerbs, NewDevicesStopSendingUntilTheyAreAccepted) {
  sends(u"before"_s);
  ASSERT_EQ(bob.asks({u"history"_s, alice.who()}).code, kOk);
  CliUser again(relay.url(), "bob@example.org");
  ASSERT_EQ(again.logsIn({u"--new-identity"_s}).code, kOk);

  const auto held = alice.asks({u"send"_s, bob.who(), u"still you?"_s});
  EXPECT_EQ(held.code, kQueued);
  EXPECT_EQ(held.event(u"error"_s)[u"code"_s].toString(), u"trust_broken"_s);
  const auto shown = alice.asks({u"safety"_s, bob.who()}).event(u"safety"_s);
  EXPECT_EQ(shown[u"trust"_s].toString(), u"broken"_s);
  EXPECT_EQ(shown[u"reason"_s].toString(), u"trust_broken"_s);
  EXPECT_TRUE(alice.runs({u"safety"_s, bob.who()}).output.contains("safety WHO accept"));

  const auto accepted = alice.asks({u"safety"_s, bob.who(), u"accept"_s});
  EXPECT_EQ(accepted.event(u"safety"_s)[u"trust"_s].toString(), u"unverified"_s) << accepted.error.constData();
  EXPECT_EQ(again.newest(alice.who())[u"text"_s].toString(), u"still you?"_s);
}

}  // namespace
}  // namespace gx::cli
