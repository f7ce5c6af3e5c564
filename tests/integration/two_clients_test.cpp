// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include "tests/integration/cli_person.h"
#include "tests/support/await.h"
#include "tests/support/relay_process.h"

namespace gx::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The story of README: a demo relay, Alice and Bob, each in processes of their own.
class TwoClients : public ::testing::Test {
 protected:
  void bothSignIn() {
    ASSERT_EQ(alice.signsIn().code, 0);
    ASSERT_EQ(bob.signsIn().code, 0);
  }
  static void command(ChildProcess &listener, const QByteArray &json) { listener.write(json + '\n'); }
  static int count(ChildProcess &process, const QByteArray &part) {
    return static_cast<int>(process.output().count(part));
  }

  TempFolder folder;
  RelayProcess relay{
      {.folder = folder.file(u"relay"_s), .arguments = {u"--demo"_s}, .environment = {u"GX_RATE_SCALE=1000"_s}}};
  CliPerson alice{relay.url(), "alice@gxcoin.test"};
  CliPerson bob{relay.url(), "bob@gxcoin.test"};
};

TEST_F(TwoClients, HoldAConversationWithDeliveryAndReadMarks) {
  bothSignIn();
  EXPECT_EQ(alice.runs({u"send"_s, bob.who(), u"hello Bob"_s}).code, 0);
  EXPECT_EQ(bob.texts(alice.who()), QStringList{u"hello Bob"_s});
  EXPECT_EQ(bob.runs({u"send"_s, alice.who(), u"-"_s}, "hello Alice,\nhow are you?\n").code, 0);

  const auto history = alice.history(bob.who());

  ASSERT_EQ(history.size(), 2);
  EXPECT_EQ(history[0][u"state"_s].toString(), u"read"_s);
  EXPECT_EQ(history[0][u"outgoing"_s].toBool(), true);
  EXPECT_EQ(history[1][u"text"_s].toString(), u"hello Alice,\nhow are you?"_s);
  EXPECT_EQ(history[1][u"from"_s].toString(), bob.who());
}

TEST_F(TwoClients, SignInTellsTheRecoveryCodeOnceAndNeverInJson) {
  const auto first = alice.signsIn();
  ASSERT_EQ(first.code, 0);
  EXPECT_EQ(first.event(u"signed_in"_s)[u"account"_s].toString(), alice.who());
  EXPECT_TRUE(first.error.contains("Recovery code"));
  EXPECT_TRUE(first.error.contains("file 'key'"));
  EXPECT_FALSE(first.output.contains("ecovery"));

  const auto again = alice.signsIn();

  EXPECT_EQ(again.code, 0);
  EXPECT_TRUE(again.event(u"signed_in"_s)[u"already"_s].toBool());
  EXPECT_FALSE(again.error.contains("Recovery code"));
  EXPECT_EQ(alice.runs({u"whoami"_s, u"--json"_s}).event(u"whoami"_s)[u"slot"_s].toString(), u"key_file"_s);
}

TEST_F(TwoClients, ReplyEditReactAndDelete) {
  bothSignIn();
  ASSERT_EQ(alice.runs({u"send"_s, bob.who(), u"firts"_s}).code, 0);
  const QString id = alice.history(bob.who())[0][u"id"_s].toString();

  EXPECT_EQ(alice.runs({u"edit"_s, bob.who(), id.right(6), u"first"_s}).code, 0);
  EXPECT_EQ(bob.texts(alice.who()), QStringList{u"first"_s});
  EXPECT_EQ(bob.runs({u"reply"_s, alice.who(), id.right(6), u"second"_s}).code, 0);
  EXPECT_EQ(bob.runs({u"react"_s, alice.who(), u"#"_s + id.right(6), u"👍"_s}).code, 0);
  auto history = alice.history(bob.who());
  ASSERT_EQ(history.size(), 2);
  EXPECT_EQ(history[1][u"reply_to"_s].toString(), id);
  EXPECT_FALSE(history[0][u"reactions"_s].toArray().isEmpty());
  EXPECT_TRUE(history[0][u"edited"_s].toBool());

  EXPECT_EQ(bob.runs({u"edit"_s, alice.who(), id.right(6), u"not mine"_s}).code, 6);
  EXPECT_EQ(alice.runs({u"delete"_s, bob.who(), id.right(6), u"--everyone"_s}).code, 0);
  history = bob.history(alice.who());
  ASSERT_EQ(history.size(), 2);
  EXPECT_TRUE(history[0][u"deleted"_s].toBool());
}

TEST_F(TwoClients, WithTheRelayGoneMessagesQueueAndArriveOnceInOrder) {
  bothSignIn();
  auto sender = alice.listens();
  auto receiver = bob.listens();
  command(*sender, R"({"verb":"send","who":"bob@gxcoin.test","text":"zero"})");
  ASSERT_FALSE(receiver->waitForLine("\"zero\"").isEmpty());

  relay.kill();
  EXPECT_FALSE(sender->waitForLine("\"waiting\"", 30s).isEmpty());
  EXPECT_FALSE(receiver->waitForLine("\"waiting\"", 30s).isEmpty());
  for (int i = 1; i <= 3; ++i)
    command(*sender, "{\"verb\":\"send\",\"who\":\"bob@gxcoin.test\",\"text\":\"late " + QByteArray::number(i) + "\"}");
  EXPECT_TRUE(waitUntil([&] { return count(*sender, "\"result\"") == 4; }, 20s));
  relay.start();

  EXPECT_FALSE(receiver->waitForLine("\"late 3\"", 120s).isEmpty());
  receiver->terminate();
  sender->terminate();
  EXPECT_EQ(receiver->waitForEnd(), 0);
  EXPECT_EQ(sender->waitForEnd(), 0);
  EXPECT_EQ(bob.texts(alice.who()), (QStringList{u"zero"_s, u"late 1"_s, u"late 2"_s, u"late 3"_s}));
}

TEST_F(TwoClients, SendWithoutRelayIsQueuedAndLeavesWithTheNextCommand) {
  bothSignIn();
  ASSERT_EQ(alice.runs({u"send"_s, bob.who(), u"one"_s}).code, 0);
  EXPECT_EQ(relay.stop(), 0);

  const auto queued = alice.runs({u"send"_s, bob.who(), u"two"_s, u"--json"_s});
  EXPECT_EQ(queued.code, 3);
  EXPECT_FALSE(queued.event(u"queued"_s).isEmpty());
  relay.start();

  EXPECT_EQ(alice.runs({u"send"_s, bob.who(), u"three"_s}).code, 0);
  EXPECT_EQ(bob.texts(alice.who()), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

TEST_F(TwoClients, AKilledClientLosesAndDoublesNothing) {
  bothSignIn();
  ASSERT_EQ(alice.runs({u"send"_s, bob.who(), u"0"_s}).code, 0);
  QStringList all{u"0"_s};
  for (int round = 1; round <= 4; ++round) {
    auto sender = alice.listens();
    auto receiver = bob.listens();
    for (int i = 0; i < 5; ++i) {
      all.append(u"%1.%2"_s.arg(round).arg(i));
      command(*sender, "{\"verb\":\"send\",\"who\":\"bob@gxcoin.test\",\"text\":\"" + all.last().toUtf8() + "\"}");
    }
    // Kept means answered: only what was answered may be asked for.
    ASSERT_TRUE(waitUntil([&] { return count(*sender, "\"result\"") == 5; }, 20s));
    sender->kill();
    receiver->kill();
  }

  auto last = alice.listens();
  EXPECT_TRUE(waitUntil([&] { return bob.texts(alice.who()).size() >= all.size(); }, 60s));
  EXPECT_EQ(bob.texts(alice.who()), all);
}

TEST_F(TwoClients, ASecondDeviceIsApprovedAndSeesEverythingFromThenOn) {
  bothSignIn();
  ASSERT_EQ(alice.runs({u"send"_s, bob.who(), u"before"_s}).code, 0);
  CliPerson laptop(relay.url(), "alice@gxcoin.test");
  const auto waiting = laptop.signsIn({u"--no-wait"_s});
  ASSERT_EQ(waiting.code, 8);
  const QString device = QString::number(waiting.event(u"link_offered"_s)[u"device_id"_s].toInteger());
  EXPECT_EQ(laptop.runs({u"send"_s, bob.who(), u"too early"_s}).code, 8);

  auto pending = laptop.starts({u"login"_s, u"--json"_s, u"--login-file"_s, laptop.loginFile()});
  ASSERT_FALSE(pending->waitForLine("link_offered").isEmpty());
  const auto shown = alice.runs({u"devices"_s, u"approve"_s, device, u"--json"_s});
  EXPECT_EQ(shown.code, 8);  // nobody was there to compare
  EXPECT_EQ(pending->waitForEnd(), 8);
  const QString digits = shown.event(u"link_digits"_s)[u"digits"_s].toString();
  EXPECT_EQ(digits.size(), 6);
  EXPECT_TRUE(pending->output().contains("\"digits\":\"" + digits.toLatin1()));
  EXPECT_EQ(alice.runs({u"devices"_s, u"approve"_s, device, u"--digits"_s, digits}).code, 0);
  EXPECT_EQ(laptop.runs({u"send"_s, bob.who(), u"still too early"_s}).code, 8);
  EXPECT_EQ(laptop.signsIn({u"--digits"_s, digits}).code, 0);

  EXPECT_EQ(bob.runs({u"send"_s, alice.who(), u"to both"_s}).code, 0);
  EXPECT_EQ(laptop.texts(bob.who()), QStringList{u"to both"_s});
  EXPECT_EQ(laptop.runs({u"send"_s, bob.who(), u"from the laptop"_s}).code, 0);
  EXPECT_EQ(alice.texts(bob.who()), (QStringList{u"before"_s, u"to both"_s, u"from the laptop"_s}));
  EXPECT_EQ(bob.texts(alice.who()), (QStringList{u"before"_s, u"to both"_s, u"from the laptop"_s}));
}

TEST_F(TwoClients, A134_AProfileInUseNamesItsHolder) {
  bothSignIn();
  auto holder = alice.listens();

  const auto second = alice.runs({u"whoami"_s, u"--json"_s});

  EXPECT_EQ(second.code, 4);
  EXPECT_TRUE(second.event(u"error"_s)[u"holder"_s].toString().contains(QString::number(holder->pid())));
}

TEST_F(TwoClients, LogoutRevokesAndErases) {
  bothSignIn();
  EXPECT_EQ(alice.runs({u"logout"_s}, "no\n").code, 1);
  EXPECT_EQ(alice.runs({u"whoami"_s}).code, 0);

  EXPECT_EQ(alice.runs({u"logout"_s, u"--yes"_s}).code, 0);

  EXPECT_FALSE(QFile::exists(alice.profile() + u"/store.db"_s));
  EXPECT_FALSE(QFile::exists(alice.profile() + u"/key"_s));
  EXPECT_EQ(alice.runs({u"whoami"_s}).code, 5);
  EXPECT_EQ(alice.signsIn().code, 0);
}

TEST_F(TwoClients, BadWordsAndBadCredentialsHaveTheirCodes) {
  CliPerson wrong(relay.url(), "alice@gxcoin.test", "NotThePassword");
  EXPECT_EQ(wrong.signsIn().code, 6);
  EXPECT_EQ(alice.runs({u"whoami"_s}).code, 5);
  EXPECT_EQ(alice.runs({u"sned"_s}).code, 2);
  EXPECT_EQ(alice.runs({u"send"_s, u"bob"_s}).code, 2);
  EXPECT_EQ(alice.runs({u"--help"_s}).code, 0);
  bothSignIn();
  EXPECT_EQ(alice.runs({u"send"_s, u"nobody@gxcoin.test"_s, u"hi"_s}).code, 6);
}

TEST_F(TwoClients, SafetyNumbersAgreeAndCheckWalksTheWay) {
  bothSignIn();
  ASSERT_EQ(alice.runs({u"send"_s, bob.who(), u"hi"_s}).code, 0);
  const auto ours = alice.runs({u"safety"_s, bob.who(), u"--json"_s}).event(u"safety"_s);
  const auto theirs = bob.runs({u"safety"_s, alice.who(), u"--json"_s}).event(u"safety"_s);
  EXPECT_EQ(ours[u"digits"_s].toString().size(), 60);
  EXPECT_EQ(ours[u"digits"_s], theirs[u"digits"_s]);
  EXPECT_EQ(alice.runs({u"safety"_s, bob.who(), u"verify"_s, u"--json"_s}).event(u"safety"_s)[u"trust"_s].toString(),
            u"verified"_s);

  const auto check = alice.runs({u"check"_s, u"--json"_s});
  EXPECT_EQ(check.code, 0);
  EXPECT_EQ(check.events(u"check"_s).size(), 10);
}

TEST_F(TwoClients, APollingOnlyNetworkServesAConversation) {
  bothSignIn();
  EXPECT_EQ(alice.runs({u"send"_s, bob.who(), u"by polling"_s, u"--transport"_s, u"polling"_s}).code, 0);
  const auto history = bob.runs({u"history"_s, alice.who(), u"--json"_s, u"--transport"_s, u"polling"_s});
  EXPECT_EQ(history.event(u"history"_s)[u"text"_s].toString(), u"by polling"_s);
  EXPECT_EQ(bob.runs({u"send"_s, alice.who(), u"by socket"_s, u"--transport"_s, u"websocket"_s}).code, 0);
}

}  // namespace
}  // namespace gx::test
