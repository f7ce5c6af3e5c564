// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/device_verbs.h"

#include <gtest/gtest.h>

#include <QJsonDocument>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class DeviceVerbs : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(alice.registers().code, kOk); }
  // A second device that waits; its id.
  QString pendingDevice() {
    return QString::number(laptop.logsIn({u"--no-wait"_s, u"--device-name"_s, u"laptop"_s})
                               .event(u"link_offered"_s)[u"device_id"_s]
                               .toInteger());
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
  CliUser laptop{relay.url(), "alice@example.org"};
};

TEST_F(DeviceVerbs, ListsActiveAndWaitingOnes) {
  const QString pending = pendingDevice();

  const auto devices = alice.asks({u"devices"_s}).events(u"device"_s);

  ASSERT_EQ(devices.size(), 2);
  for (const QJsonObject &device : devices) {
    const bool isLaptop = device[u"name"_s].toString() == u"laptop"_s;
    EXPECT_EQ(device[u"state"_s].toString(), isLaptop ? u"PENDING"_s : u"ACTIVE"_s);
    EXPECT_EQ(device[u"current"_s].toBool(), !isLaptop);
    if (isLaptop) EXPECT_EQ(QString::number(device[u"device_id"_s].toInteger()), pending);
  }
  const auto read = alice.runs({u"devices"_s});
  EXPECT_TRUE(read.output.contains("(this one)"));
  EXPECT_TRUE(read.output.contains("waits for approval"));
}

TEST_F(DeviceVerbs, RefusingTakesTheWaitingOneAway) {
  const QString pending = pendingDevice();

  const auto said = alice.asks({u"devices"_s, u"refuse"_s, pending});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(QString::number(said.event(u"removed"_s)[u"device_id"_s].toInteger()), pending);
  EXPECT_EQ(alice.asks({u"devices"_s}).events(u"device"_s).size(), 1);
  EXPECT_EQ(laptop.asks({u"devices"_s}).code, kNotSignedIn);
}

TEST_F(DeviceVerbs, AnUnknownDeviceIsNotFound) {
  for (const QString &act : {u"refuse"_s, u"approve"_s}) {
    const auto said = alice.asks({u"devices"_s, act, u"4000000"_s});
    EXPECT_EQ(said.code, kRefused) << act.toStdString();
    EXPECT_EQ(said.event(u"error"_s)[u"kind"_s].toString(), u"not_found"_s);
  }
}

TEST_F(DeviceVerbs, WithoutTheRelayItSaysSo) {
  relay.stop();

  EXPECT_EQ(alice.asks({u"devices"_s}).code, kNotReached);
}

// The waiting device is a process of its own: this one has the streams of the other. None has a terminal.
class DeviceApproval : public DeviceVerbs {
 protected:
  void SetUp() override {
    DeviceVerbs::SetUp();
    waiting = logsIn();
    const QByteArray line = waiting->waitForLine("link_offered");
    id = QString::number(QJsonDocument::fromJson(line).object()[u"device_id"_s].toInteger());
  }
  std::unique_ptr<test::ChildProcess> logsIn(const QStringList &more = {}) {
    return std::make_unique<test::ChildProcess>(
        QStringLiteral(GX_BIN_DIR "/gx-cli"),
        QStringList{u"--json"_s, u"--profile"_s, laptop.profile(), u"--relay"_s, relay.url(), u"login"_s,
                    u"--login-file"_s, laptop.loginFile()} +
            more,
        QStringList{u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"_s});
  }
  CliUser::Said approves(const QStringList &more = {}) {
    return alice.asks(QStringList{u"devices"_s, u"approve"_s, id} + more);
  }
  // The first round of both: the digits are shown, and nobody is there to compare them.
  QString showsDigits() {
    const auto said = approves();
    EXPECT_EQ(said.code, kPending) << said.error.constData();
    EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"digits_unconfirmed"_s);
    EXPECT_EQ(waiting->waitForEnd(), kPending);
    const QString digits = said.event(u"link_digits"_s)[u"digits"_s].toString();
    EXPECT_TRUE(waiting->output().contains("\"digits\":\"" + digits.toLatin1()));
    return digits;
  }
  static QString others(const QString &digits) { return digits == u"000000"_s ? u"000001"_s : u"000000"_s; }
  qsizetype deviceCount() { return alice.asks({u"devices"_s}).events(u"device"_s).size(); }

  std::unique_ptr<test::ChildProcess> waiting;
  QString id;
};

TEST_F(DeviceApproval, WithoutATerminalBothSayWhatToDo) {
  const QString digits = showsDigits();

  EXPECT_EQ(digits.size(), 6);
  EXPECT_TRUE(waiting->errorOutput().contains("--digits"));
  EXPECT_TRUE(waiting->output().contains("digits_unconfirmed"));
  EXPECT_FALSE(laptop.asks({u"whoami"_s}).event(u"whoami"_s)[u"approved"_s].toBool(true));
  EXPECT_EQ(deviceCount(), 2);
}

TEST_F(DeviceApproval, AYesOutOfAPipeIsNoComparison) {
  const auto said = alice.runs({u"devices"_s, u"approve"_s, id, u"--json"_s}, "yes\n");

  EXPECT_EQ(said.code, kPending);
  EXPECT_TRUE(said.events(u"approved"_s).isEmpty());
  EXPECT_EQ(waiting->waitForEnd(), kPending);
}

TEST_F(DeviceApproval, TheSameDigitsOnBothApprove) {
  const QString digits = showsDigits();

  const auto said = approves({u"--digits"_s, digits.left(3) + u' ' + digits.mid(3)});
  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(said.event(u"link_digits"_s)[u"digits"_s].toString(), digits);
  EXPECT_FALSE(laptop.asks({u"whoami"_s}).event(u"whoami"_s)[u"approved"_s].toBool(true));

  const auto login = laptop.logsIn({u"--digits"_s, digits});
  EXPECT_EQ(login.code, kOk) << login.error.constData();
  EXPECT_TRUE(laptop.asks({u"whoami"_s}).event(u"whoami"_s)[u"approved"_s].toBool());
}

TEST_F(DeviceApproval, TheNewDeviceMayConfirmFirst) {
  const QString digits = showsDigits();
  auto confirmed = logsIn({u"--digits"_s, digits});

  const auto said = approves({u"--digits"_s, digits});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(confirmed->waitForEnd(), kOk);
  EXPECT_TRUE(confirmed->output().contains("signed_in"));
}

TEST_F(DeviceApproval, OtherDigitsOnTheListedOneRefuseTheDevice) {
  const QString digits = showsDigits();

  const auto said = approves({u"--digits"_s, others(digits)});

  EXPECT_EQ(said.code, kDigitsDiffer);
  EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"digits_differ"_s);
  EXPECT_TRUE(said.events(u"approved"_s).isEmpty());
  EXPECT_EQ(deviceCount(), 1);
  EXPECT_NE(laptop.logsIn({u"--digits"_s, digits}).code, kOk);
}

TEST_F(DeviceApproval, OtherDigitsOnTheNewOneTakeNothingOver) {
  const QString digits = showsDigits();
  ASSERT_EQ(approves({u"--digits"_s, digits}).code, kOk);

  const auto said = laptop.logsIn({u"--digits"_s, others(digits)});

  EXPECT_EQ(said.code, kDigitsDiffer);
  EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"digits_differ"_s);
  EXPECT_TRUE(said.events(u"signed_in"_s).isEmpty());
  EXPECT_FALSE(QFile::exists(laptop.profile() + u"/store.db"_s));
  EXPECT_EQ(deviceCount(), 1);
}

TEST_F(DeviceApproval, DigitsThatWereGuessedBeforehandDropTheDevice) {
  waiting.reset();
  waiting = logsIn({u"--digits"_s, u"123456"_s});
  ASSERT_FALSE(waiting->waitForLine("link_offered").isEmpty());

  const auto said = approves();

  ASSERT_NE(said.event(u"link_digits"_s)[u"digits"_s].toString(), u"123456"_s);  // once in a million runs
  EXPECT_EQ(waiting->waitForEnd(), kDigitsDiffer);
  EXPECT_EQ(deviceCount(), 1);
}

TEST_F(DeviceApproval, ARemovedDeviceIsOut) {
  const QString digits = showsDigits();
  ASSERT_EQ(approves({u"--digits"_s, digits}).code, kOk);
  ASSERT_EQ(laptop.logsIn({u"--digits"_s, digits}).code, kOk);

  const auto said = alice.asks({u"devices"_s, u"remove"_s, id});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(laptop.asks({u"devices"_s}).code, kNotSignedIn);
}

}  // namespace
}  // namespace gx::cli
