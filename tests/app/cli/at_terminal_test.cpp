// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/app/cli/terminal_child.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;
using test::TerminalChild;

// What a person is asked and shown at a terminal.
class AtTerminal : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(alice.registers().code, kOk); }
  QStringList words(const CliUser &user, const QStringList &verb) {
    return QStringList{u"--profile"_s, user.profile(), u"--relay"_s, relay.url()} + verb;
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
};

class LinkingAtTerminal : public AtTerminal {
 protected:
  // Both devices as far as the question.
  void SetUp() override {
    AtTerminal::SetUp();
    const auto said = laptop.logsIn({u"--no-wait"_s});
    const QString id = QString::number(said.event(u"link_offered"_s)[u"device_id"_s].toInteger());
    const QStringList login{u"login"_s, u"--login-file"_s, laptop.loginFile()};
    newOne = std::make_unique<TerminalChild>(words(laptop, login));
    ASSERT_TRUE(newOne->shows("waits for approval"));
    listed = std::make_unique<TerminalChild>(words(alice, {u"devices"_s, u"approve"_s, id}));
    for (TerminalChild *device : {listed.get(), newOne.get()}) ASSERT_TRUE(device->shows("[y/N]"));
  }
  static QByteArray digits(const TerminalChild &device) {
    const QByteArray label = "Do both devices show  ";
    const auto at = device.text().indexOf(label);
    return at < 0 ? QByteArray() : device.text().mid(at + label.size(), 7);
  }
  bool isApproved() { return laptop.asks({u"whoami"_s}).event(u"whoami"_s)[u"approved"_s].toBool(); }

  CliUser laptop{relay.url(), "alice@example.org"};
  std::unique_ptr<TerminalChild> newOne;
  std::unique_ptr<TerminalChild> listed;
};

TEST_F(LinkingAtTerminal, BothAskAndTwoYesApprove) {
  EXPECT_EQ(digits(*newOne).size(), 7);
  EXPECT_EQ(digits(*newOne), digits(*listed));

  listed->types("y\n");
  EXPECT_EQ(listed->ends(), kOk);
  newOne->types("y\n");

  EXPECT_EQ(newOne->ends(), kOk);
  EXPECT_TRUE(isApproved());
}

TEST_F(LinkingAtTerminal, NoOnTheNewDeviceTakesNothingOver) {
  listed->types("y\n");
  ASSERT_EQ(listed->ends(), kOk);

  newOne->types("\n");  // N is what is meant by nothing

  EXPECT_EQ(newOne->ends(), kDigitsDiffer);
  EXPECT_EQ(laptop.asks({u"whoami"_s}).code, kNotSignedIn);
  EXPECT_EQ(alice.asks({u"devices"_s}).events(u"device"_s).size(), 1);
}

TEST_F(LinkingAtTerminal, NoOnTheListedDeviceDropsTheNewOne) {
  listed->types("n\n");
  EXPECT_EQ(listed->ends(), kDigitsDiffer);
  newOne->types("y\n");

  EXPECT_NE(newOne->ends(), kOk);
  EXPECT_EQ(alice.asks({u"devices"_s}).events(u"device"_s).size(), 1);
}

class ChatAtTerminal : public AtTerminal {
 protected:
  void SetUp() override {
    AtTerminal::SetUp();
    ASSERT_EQ(bob.registers().code, kOk);
    ASSERT_EQ(bob.asks({u"send"_s, alice.who(), u"first"_s}).code, kOk);
    chat = std::make_unique<TerminalChild>(words(alice, {u"chat"_s, bob.who()}), 80, 24);
    ASSERT_TRUE(chat->shows("first"));
  }
  // Where a screen of that height has its typing line.
  static QByteArray typingLine(int rows) { return "\x1b[" + QByteArray::number(rows) + ";1H"; }

  CliUser bob{relay.url(), "bob@example.org"};
  std::unique_ptr<TerminalChild> chat;
};

TEST_F(ChatAtTerminal, AnotherSizeIsDrawnAtOnce) {
  ASSERT_FALSE(chat->text().contains(typingLine(37)));
  chat->forgets();

  chat->resizes(60, 37);

  EXPECT_TRUE(chat->shows(typingLine(37)));
  EXPECT_TRUE(chat->shows("first"));
}

TEST_F(ChatAtTerminal, WhatIsTypedStaysThroughAResize) {
  chat->types("half a thought");
  ASSERT_TRUE(chat->shows("half a thought"));
  chat->forgets();

  chat->resizes(50, 12);

  EXPECT_TRUE(chat->shows("half a thought"));
  chat->types("\x04");
  EXPECT_EQ(chat->ends(), kOk);
}

}  // namespace
}  // namespace gx::cli
