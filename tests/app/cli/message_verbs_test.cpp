// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/message_verbs.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>

#include "tests/app/cli/cli_user.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class MessageVerbs : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(alice.registers().code, kOk);
    ASSERT_EQ(bob.registers().code, kOk);
  }
  CliUser::Said sends(const QString &text) { return alice.asks({u"send"_s, bob.who(), text}); }
  // Alice sends, then her message's id.
  QString sentId(const QString &text) { return sends(text).event(u"sent"_s)[u"id"_s].toString(); }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
  CliUser bob{relay.url(), "bob@example.org"};
};

TEST_F(MessageVerbs, SendTellsTheIdOnceTheRelayHasIt) {
  const auto said = alice.runs({u"send"_s, bob.who(), u"hello"_s});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_TRUE(said.output.startsWith("#"));
  EXPECT_TRUE(said.output.contains("✓"));
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"hello"_s);
}

TEST_F(MessageVerbs, ADashReadsStandardInputWithoutItsLastLineBreak) {
  const auto said = alice.runs({u"send"_s, bob.who(), u"-"_s}, "two\nlines\n");

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"two\nlines"_s);
}

TEST_F(MessageVerbs, NobodyAndOneselfAreRefused) {
  const auto nobody = alice.asks({u"send"_s, u"nobody@example.org"_s, u"hi"_s});
  EXPECT_EQ(nobody.code, kRefused);
  EXPECT_EQ(nobody.event(u"error"_s)[u"kind"_s].toString(), u"not_found"_s);

  const auto self = alice.asks({u"send"_s, alice.who(), u"hi"_s});
  EXPECT_NE(self.code, kOk);
  EXPECT_EQ(self.event(u"error"_s)[u"code"_s].toString(), u"with_self"_s);
}

TEST_F(MessageVerbs, AnEmptyTextIsNoMessage) {
  const auto said = sends(u""_s);

  EXPECT_NE(said.code, kOk);
  EXPECT_EQ(said.event(u"error"_s)[u"kind"_s].toString(), u"invalid"_s);
}

TEST_F(MessageVerbs, AReplyNamesWhatItAnswers) {
  const QString id = sentId(u"dinner?"_s);
  ASSERT_EQ(bob.newest(alice.who())[u"id"_s].toString(), id);

  EXPECT_EQ(bob.asks({u"reply"_s, alice.who(), u"#"_s + id.right(6), u"at eight"_s}).code, kOk);

  const auto line = alice.newest(bob.who());
  EXPECT_EQ(line[u"text"_s].toString(), u"at eight"_s);
  EXPECT_EQ(line[u"reply_to"_s].toString(), id) << QJsonDocument(line).toJson().toStdString();
}

TEST_F(MessageVerbs, AnEditChangesTheTextForBoth) {
  const QString id = sentId(u"helo"_s);

  EXPECT_EQ(alice.asks({u"edit"_s, bob.who(), id, u"hello"_s}).code, kOk);

  EXPECT_EQ(alice.newest(bob.who())[u"text"_s].toString(), u"hello"_s);
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"hello"_s);
}

TEST_F(MessageVerbs, OnlyOnesOwnMessagesAreEdited) {
  const QString id = sentId(u"mine"_s);
  ASSERT_EQ(bob.newest(alice.who())[u"id"_s].toString(), id);

  const auto said = bob.asks({u"edit"_s, alice.who(), id, u"yours"_s});

  EXPECT_EQ(said.code, kRefused);
  EXPECT_EQ(said.event(u"error"_s)[u"kind"_s].toString(), u"forbidden"_s);
}

TEST_F(MessageVerbs, TheSameReactionAgainTakesItBack) {
  const QString id = sentId(u"done"_s);
  ASSERT_EQ(bob.newest(alice.who())[u"id"_s].toString(), id);

  EXPECT_EQ(bob.asks({u"react"_s, alice.who(), id, u"👍"_s}).code, kOk);
  EXPECT_EQ(alice.newest(bob.who())[u"reactions"_s].toArray().size(), 1);
  EXPECT_EQ(bob.asks({u"react"_s, alice.who(), id, u"👍"_s}).code, kOk);
  EXPECT_TRUE(alice.newest(bob.who())[u"reactions"_s].toArray().isEmpty());
}

TEST_F(MessageVerbs, DeleteIsForOneselfUnlessForEveryone) {
  const QString first = sentId(u"first"_s);
  const QString second = sentId(u"second"_s);
  ASSERT_EQ(bob.newest(alice.who())[u"id"_s].toString(), second);

  const auto here = alice.asks({u"delete"_s, bob.who(), second});
  EXPECT_EQ(here.code, kOk);
  EXPECT_EQ(here.event(u"removed"_s)[u"id"_s].toString(), second);
  EXPECT_EQ(alice.newest(bob.who())[u"id"_s].toString(), first);
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"second"_s);

  EXPECT_EQ(alice.asks({u"delete"_s, bob.who(), first, u"--everyone"_s}).code, kOk);
  const auto lines = bob.asks({u"history"_s, alice.who()}).events(u"history"_s);
  ASSERT_EQ(lines.size(), 2);
  EXPECT_TRUE(lines[0][u"deleted"_s].toBool());
  EXPECT_FALSE(lines[1][u"deleted"_s].toBool());
}

TEST_F(MessageVerbs, AnIdMustBeKnownLongEnoughAndUnique) {
  ASSERT_FALSE(sentId(u"one"_s).isEmpty());

  for (const QString &id : {u"00000000"_s, u"abc"_s, u"#"_s}) {
    const auto said = alice.asks({u"edit"_s, bob.who(), id, u"x"_s});
    EXPECT_EQ(said.code, kRefused) << id.toStdString();
    EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"not_found"_s);
  }
}

TEST_F(MessageVerbs, WithoutTheRelayAMessageIsQueuedAndLeavesLater) {
  ASSERT_EQ(sends(u"before"_s).code, kOk);
  relay.stop();

  const auto queued = sends(u"into the dark"_s);
  EXPECT_EQ(queued.code, kQueued);
  EXPECT_FALSE(queued.event(u"queued"_s)[u"id"_s].toString().isEmpty());
  EXPECT_FALSE(queued.error.isEmpty());

  relay.start();
  EXPECT_EQ(sends(u"after"_s).code, kOk);
  const auto lines = bob.asks({u"history"_s, alice.who()}).events(u"history"_s);
  ASSERT_EQ(lines.size(), 3);
  EXPECT_EQ(lines[1][u"text"_s].toString(), u"into the dark"_s);
  EXPECT_EQ(lines[1][u"id"_s], queued.event(u"queued"_s)[u"id"_s]);
}

TEST_F(MessageVerbs, BothTransportsServe) {
  for (const QString &transport : {u"polling"_s, u"websocket"_s}) {
    const auto said = alice.asks({u"send"_s, bob.who(), u"by "_s + transport, u"--transport"_s, transport});
    EXPECT_EQ(said.code, kOk) << said.error.constData();
    EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"by "_s + transport);
  }
}

}  // namespace
}  // namespace gx::cli
