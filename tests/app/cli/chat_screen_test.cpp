// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/chat_screen.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <csignal>

#include "tests/app/cli/cli_user.h"
#include "tests/support/await.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

// The chat without a terminal: lines in, lines out.
class ChatScreenTest : public ::testing::Test {
 protected:
  void SetUp() override {
    pthread_sigmask(SIG_SETMASK, nullptr, &m_mask);
    ASSERT_EQ(alice.registers().code, kOk);
    ASSERT_EQ(bob.registers().code, kOk);
    id = bob.asks({u"send"_s, alice.who(), u"first"_s}).event(u"sent"_s)[u"id"_s].toString();
    chat = alice.starts({u"chat"_s, bob.who()});
    ASSERT_TRUE(chat->says("first"));
  }
  void TearDown() override {
    if (chat) {
      chat->input.closes();
      chat->ends();
    }
    chat.reset();
    pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
  }
  void types(const QByteArray &line) { ASSERT_TRUE(chat->input.gives(line + '\n')); }
  // Leaves as Ctrl+D does.
  CliUser::Said leaves() {
    chat->input.closes();
    auto said = chat->ends();
    chat.reset();
    return said;
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
  CliUser bob{relay.url(), "bob@example.org"};
  std::unique_ptr<CliUser::Running> chat;
  QString id;

 private:
  sigset_t m_mask{};
};

TEST_F(ChatScreenTest, WhatIsTypedIsSentAndShown) {
  types("hello there");

  EXPECT_TRUE(chat->says("hello there"));
  EXPECT_EQ(leaves().code, kOk);
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"hello there"_s);
}

TEST_F(ChatScreenTest, TwoSlashesSendASlash) {
  types("//etc/hosts");

  EXPECT_TRUE(chat->says("/etc/hosts"));
  EXPECT_EQ(leaves().code, kOk);
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"/etc/hosts"_s);
}

TEST_F(ChatScreenTest, ShowingMarksRead) {
  EXPECT_EQ(leaves().code, kOk);

  EXPECT_EQ(bob.newest(alice.who())[u"state"_s].toString(), u"read"_s);
}

TEST_F(ChatScreenTest, CommandsActOnTheMessageTheyName) {
  types("/reply " + id.right(6).toUtf8() + " nice to hear");
  ASSERT_TRUE(chat->says("nice to hear"));

  EXPECT_EQ(leaves().code, kOk);
  EXPECT_EQ(bob.newest(alice.who())[u"reply_to"_s].toString(), id);
}

TEST_F(ChatScreenTest, SafetyShowsTheNumber) {
  types("/safety");

  EXPECT_TRUE(test::waitUntil([&] { return chat->said().output.split('\n').size() > 3; }));
  EXPECT_EQ(leaves().code, kOk);
}

TEST_F(ChatScreenTest, AnUnknownCommandIsAnsweredWithHelpAndNotSent) {
  types("/sing loudly");
  ASSERT_TRUE(chat->says("/reply ID TEXT"));

  EXPECT_EQ(leaves().code, kOk);
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"first"_s);
}

TEST_F(ChatScreenTest, AWrongIdIsAProblemAndTheChatGoesOn) {
  types("/edit 00000000 what");
  ASSERT_TRUE(chat->says("gx-cli: "));
  types("still here");

  EXPECT_TRUE(chat->says("still here"));
  EXPECT_EQ(leaves().code, kOk);
}

TEST_F(ChatScreenTest, BlankLinesAreNotSent) {
  types("   ");
  types("");
  types("/quit");

  EXPECT_EQ(chat->ends().code, kOk);
  chat.reset();
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"first"_s);
}

TEST_F(ChatScreenTest, ASignalLeavesWell) {
  ASSERT_EQ(raise(SIGINT), 0);

  EXPECT_EQ(chat->ends().code, kOk);
  chat.reset();
}

TEST_F(ChatScreenTest, WhatWasTypedWithoutTheRelayIsKept) {
  relay.stop();
  types("for later");
  ASSERT_TRUE(chat->says("for later"));
  EXPECT_EQ(leaves().code, kOk);

  relay.start();
  EXPECT_EQ(alice.asks({u"send"_s, bob.who(), u"now"_s}).code, kOk);
  const auto lines = bob.asks({u"history"_s, alice.who()}).events(u"history"_s);
  ASSERT_EQ(lines.size(), 3);
  EXPECT_EQ(lines[1][u"text"_s].toString(), u"for later"_s);
}

}  // namespace
}  // namespace gx::cli
