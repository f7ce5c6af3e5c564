// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/listener.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <csignal>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/await.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class ListenerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    pthread_sigmask(SIG_SETMASK, nullptr, &m_mask);
    ASSERT_EQ(alice.registers().code, kOk);
    ASSERT_EQ(bob.registers().code, kOk);
    ASSERT_EQ(bob.asks({u"send"_s, alice.who(), u"first"_s}).code, kOk);
    listening = alice.starts({u"listen"_s, u"--json"_s});
    ASSERT_TRUE(listening->says("\"online\""));
    ASSERT_TRUE(listening->says("\"type\":\"message\""));
  }
  void TearDown() override {
    if (listening && listening->said().code < 0) {
      listening->input.gives("{\"verb\":\"quit\"}\n");
      listening->ends();
    }
    listening.reset();
    pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
  }
  // The answer to one command.
  QJsonObject answer(QJsonObject command) {
    const QString ref = u"r%1"_s.arg(++m_refs);
    command[u"ref"_s] = ref;
    EXPECT_TRUE(listening->input.gives(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n'));
    if (!listening->says("\"ref\":\"" + ref.toLatin1() + '"')) return {};
    for (const auto &type : {u"result"_s, u"error"_s})
      for (const QJsonObject &event : listening->said().events(type))
        if (event[u"ref"_s].toString() == ref) return event;
    return {};
  }
  QJsonObject to(const QString &verb, QJsonObject more = {}) const {
    more[u"verb"_s] = verb;
    more[u"who"_s] = bob.who();
    return more;
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
  CliUser bob{relay.url(), "bob@example.org"};
  std::unique_ptr<CliUser::Running> listening;

 private:
  sigset_t m_mask{};
  int m_refs = 0;
};

TEST_F(ListenerTest, TellsWhatArrives) {
  const auto message = listening->said().event(u"message"_s);

  EXPECT_EQ(message[u"text"_s].toString(), u"first"_s);
  EXPECT_EQ(message[u"from"_s].toString(), bob.who()) << QJsonDocument(message).toJson().toStdString();
}

TEST_F(ListenerTest, ASentMessageHasAnIdAndChangesItsState) {
  const QJsonObject sent = answer(to(u"send"_s, {{u"text"_s, u"hello"_s}}));

  ASSERT_EQ(sent[u"type"_s].toString(), u"result"_s);
  const QByteArray id = sent[u"id"_s].toString().toLatin1();
  EXPECT_FALSE(id.isEmpty());
  EXPECT_TRUE(test::waitUntil([&] {
    for (const QJsonObject &event : listening->said().events(u"changed"_s))
      if (event[u"id"_s].toString().toLatin1() == id && event[u"state"_s].toString() == u"sent"_s) return true;
    return false;
  }));
}

TEST_F(ListenerTest, RepliesEditsReactsAndDeletes) {
  const QString theirs = listening->said().event(u"message"_s)[u"id"_s].toString();
  const QJsonObject reply = answer(to(u"reply"_s, {{u"id"_s, theirs}, {u"text"_s, u"second"_s}}));
  ASSERT_EQ(reply[u"type"_s].toString(), u"result"_s);
  const QString ours = reply[u"id"_s].toString();

  EXPECT_EQ(answer(to(u"edit"_s, {{u"id"_s, ours}, {u"text"_s, u"third"_s}}))[u"type"_s].toString(), u"result"_s);
  EXPECT_EQ(answer(to(u"react"_s, {{u"id"_s, theirs}, {u"emoji"_s, u"👍"_s}}))[u"type"_s].toString(), u"result"_s);
  EXPECT_EQ(answer(to(u"delete"_s, {{u"id"_s, ours}}))[u"type"_s].toString(), u"result"_s);
  EXPECT_TRUE(listening->says("\"third\""));
  EXPECT_TRUE(listening->says("👍"));
}

TEST_F(ListenerTest, ReadMarksEverythingOnce) {
  EXPECT_EQ(answer(to(u"read"_s))[u"read"_s].toInt(-1), 1);
  EXPECT_EQ(answer(to(u"read"_s))[u"read"_s].toInt(-1), 0);
}

TEST_F(ListenerTest, TypingIsTaken) {
  EXPECT_EQ(answer(to(u"typing"_s, {{u"active"_s, true}}))[u"type"_s].toString(), u"result"_s);
}

TEST_F(ListenerTest, ARefusedCommandNamesItsReasonAndGoesOn) {
  const QJsonObject unknown = answer(to(u"sing"_s));
  EXPECT_EQ(unknown[u"type"_s].toString(), u"error"_s);
  EXPECT_EQ(unknown[u"code"_s].toString(), u"usage"_s);

  const QJsonObject nobody = answer({{u"verb"_s, u"send"_s}, {u"who"_s, u"no@example.org"_s}, {u"text"_s, u"x"_s}});
  EXPECT_EQ(nobody[u"kind"_s].toString(), u"not_found"_s);
  EXPECT_FALSE(nobody[u"what"_s].toString().isEmpty());

  EXPECT_EQ(answer(to(u"edit"_s, {{u"id"_s, u"00000000"_s}}))[u"code"_s].toString(), u"not_found"_s);
  EXPECT_EQ(answer(to(u"read"_s))[u"type"_s].toString(), u"result"_s);
}

TEST_F(ListenerTest, ADashIsATextAndTheNextCommandACommand) {
  const QJsonObject dash = answer(to(u"send"_s, {{u"text"_s, u"-"_s}}));
  EXPECT_EQ(dash[u"type"_s].toString(), u"result"_s);
  EXPECT_EQ(answer(to(u"reply"_s, {{u"id"_s, dash[u"id"_s]}, {u"text"_s, u"-"_s}}))[u"type"_s].toString(), u"result"_s);

  ASSERT_TRUE(listening->input.gives("{\"verb\":\"quit\"}\n"));
  EXPECT_EQ(listening->ends().code, kOk);
  listening.reset();
  EXPECT_EQ(bob.newest(alice.who())[u"text"_s].toString(), u"-"_s);
}

TEST_F(ListenerTest, ACommandThatIsTooLongIsAnswered) {
  for (int i = 0; i < 80; ++i) {
    ASSERT_TRUE(listening->input.gives(QByteArray(4096, 'x')));
    QCoreApplication::processEvents();
  }
  ASSERT_TRUE(listening->input.gives("\n"));

  EXPECT_TRUE(test::waitUntil([&] { return listening->said().events(u"error"_s).size() == 1; }));
  EXPECT_EQ(listening->said().event(u"error"_s)[u"code"_s].toString(), u"too_large"_s);
  EXPECT_EQ(answer(to(u"read"_s))[u"type"_s].toString(), u"result"_s);
}

TEST_F(ListenerTest, WhatIsNoJsonObjectIsAnsweredToo) {
  ASSERT_TRUE(listening->input.gives("\nhello\n[1]\n"));

  EXPECT_TRUE(test::waitUntil([&] { return listening->said().events(u"error"_s).size() == 2; }));
  EXPECT_EQ(listening->said().event(u"error"_s)[u"code"_s].toString(), u"usage"_s);
}

TEST_F(ListenerTest, QuitEndsWell) {
  EXPECT_EQ(answer({{u"verb"_s, u"quit"_s}})[u"type"_s].toString(), u"result"_s);

  EXPECT_EQ(listening->ends().code, kOk);
}

TEST_F(ListenerTest, ASignalEndsItWell) {
  ASSERT_EQ(raise(SIGTERM), 0);

  EXPECT_EQ(listening->ends().code, kOk);
}

TEST_F(ListenerTest, ALostRelayIsTold) {
  relay.kill();

  EXPECT_TRUE(listening->says("\"waiting\""));
  const QJsonObject told = listening->said().event(u"connection"_s);
  EXPECT_FALSE(told[u"reason"_s].toString().isEmpty());
  EXPECT_GT(told[u"retry_at"_s].toDouble(), 0);
  EXPECT_TRUE(listening->said().error.contains("Offline: "));
}

}  // namespace
}  // namespace gx::cli
