// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/sign_in_verbs.h"

#include <gtest/gtest.h>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class SignInVerbs : public ::testing::Test {
 protected:
  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
};

TEST_F(SignInVerbs, RegisteringSignsInAndTellsTheRecoveryCodeOnce) {
  const auto said = alice.registers();

  ASSERT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(said.event(u"signed_in"_s)[u"account"_s].toString(), u"alice@example.org"_s);
  EXPECT_FALSE(said.event(u"signed_in"_s)[u"already"_s].toBool(true));
  EXPECT_TRUE(said.error.contains("Recovery code"));
  EXPECT_TRUE(said.error.contains("in the file 'key'"));
  EXPECT_FALSE(said.output.contains("Recovery code"));
  EXPECT_FALSE(alice.logsIn().error.contains("Recovery code"));
}

TEST_F(SignInVerbs, TheRecoveryCodeComesWithTheFirstSignInThatGoesWell) {
  ASSERT_EQ(alice.registers().code, kOk);
  CliUser again(relay.url(), "alice@example.org");
  QFile login(again.loginFile());
  const auto writes = [&login](const QByteArray &password) {
    ASSERT_TRUE(login.open(QIODevice::WriteOnly | QIODevice::Truncate));
    login.write(R"({"account":"alice@example.org","password":")" + password + "\"}");
    login.close();
  };
  writes("not the password");
  const auto refused = again.logsIn({u"--new-identity"_s});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_FALSE(refused.error.contains("Recovery code"));

  writes("TestPass123 and more");
  const auto said = again.logsIn({u"--new-identity"_s});

  ASSERT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_TRUE(said.error.contains("Recovery code"));
}

TEST_F(SignInVerbs, WhoamiNamesAccountDeviceRelayAndSlot) {
  ASSERT_EQ(alice.asks({u"register"_s, u"--login-file"_s, alice.loginFile(), u"--device-name"_s, u"the shed"_s}).code,
            kOk);

  const auto asked = alice.asks({u"whoami"_s}).event(u"whoami"_s);
  EXPECT_EQ(asked[u"account"_s].toString(), u"alice@example.org"_s);
  EXPECT_EQ(asked[u"device_name"_s].toString(), u"the shed"_s);
  EXPECT_EQ(asked[u"relay"_s].toString(), relay.url());
  EXPECT_TRUE(asked[u"approved"_s].toBool());
  EXPECT_EQ(asked[u"slot"_s].toString(), secrets::slotName(secrets::SlotKind::KeyFile));
  EXPECT_GT(asked[u"device_id"_s].toInteger(), 0);

  const auto read = alice.runs({u"whoami"_s});
  EXPECT_EQ(read.code, kOk);
  EXPECT_TRUE(read.output.startsWith("alice@example.org\n"));
  EXPECT_TRUE(read.output.contains("the shed"));
  EXPECT_FALSE(read.output.contains("waits for approval"));
}

TEST_F(SignInVerbs, SigningInAgainChangesNothing) {
  ASSERT_EQ(alice.registers().code, kOk);
  const auto device = alice.asks({u"whoami"_s}).event(u"whoami"_s)[u"device_id"_s].toInteger();

  const auto again = alice.logsIn();

  EXPECT_EQ(again.code, kOk);
  EXPECT_TRUE(again.event(u"signed_in"_s)[u"already"_s].toBool());
  EXPECT_EQ(again.event(u"signed_in"_s)[u"device_id"_s].toInteger(), device);
}

TEST_F(SignInVerbs, AProfileIsOneAccounts) {
  ASSERT_EQ(alice.registers().code, kOk);
  CliUser bob(relay.url(), "bob@example.org");

  const auto login = alice.asks({u"login"_s, u"--login-file"_s, bob.loginFile()});
  EXPECT_EQ(login.event(u"error"_s)[u"code"_s].toString(), u"signed_in_already"_s);
  const auto second = alice.asks({u"register"_s, u"--login-file"_s, bob.loginFile()});
  EXPECT_EQ(second.event(u"error"_s)[u"code"_s].toString(), u"signed_in_already"_s);
}

TEST_F(SignInVerbs, ATakenNameAndAWrongPasswordAreRefused) {
  ASSERT_EQ(alice.registers().code, kOk);
  CliUser other(relay.url(), "alice@example.org", "another long password");

  EXPECT_EQ(other.registers().event(u"error"_s)[u"code"_s].toString(), u"account_taken"_s);
  const auto login = other.logsIn();
  EXPECT_EQ(login.code, kRefused);
  EXPECT_EQ(login.event(u"error"_s)[u"code"_s].toString(), u"wrong_credentials"_s);
  EXPECT_EQ(other.asks({u"whoami"_s}).code, kNotSignedIn);
}

TEST_F(SignInVerbs, ALoginFileThatOthersMayReadIsRefusedBeforeAnythingIsMade) {
  QFile::setPermissions(alice.loginFile(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup);

  const auto said = alice.registers();

  EXPECT_NE(said.code, kOk);
  EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"file_is_public"_s);
  EXPECT_FALSE(QFile::exists(alice.profile()));
}

TEST_F(SignInVerbs, AFurtherDeviceIsPendingAndSaysHowToApproveIt) {
  ASSERT_EQ(alice.registers().code, kOk);
  CliUser laptop(relay.url(), "alice@example.org");

  const auto said = laptop.logsIn({u"--no-wait"_s});

  EXPECT_EQ(said.code, kPending);
  const auto id = said.event(u"link_offered"_s)[u"device_id"_s].toInteger();
  EXPECT_TRUE(said.error.contains("devices approve " + QByteArray::number(id)));
  EXPECT_TRUE(said.events(u"signed_in"_s).isEmpty());
  EXPECT_FALSE(laptop.asks({u"whoami"_s}).event(u"whoami"_s)[u"approved"_s].toBool(true));
  EXPECT_TRUE(laptop.runs({u"whoami"_s}).output.contains("waits for approval"));
  EXPECT_EQ(laptop.asks({u"send"_s, u"bob@example.org"_s, u"hi"_s}).code, kPending);
}

TEST_F(SignInVerbs, ANewIdentityNeedsNobodysApproval) {
  ASSERT_EQ(alice.registers().code, kOk);
  CliUser laptop(relay.url(), "alice@example.org");

  const auto said = laptop.logsIn({u"--new-identity"_s});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(alice.asks({u"devices"_s}).code, kNotSignedIn);
}

TEST_F(SignInVerbs, LogoutAsksAndNoMeansNo) {
  ASSERT_EQ(alice.registers().code, kOk);

  const auto said = alice.runs({u"logout"_s}, "n\n");

  EXPECT_EQ(said.code, kFailed);
  EXPECT_TRUE(said.error.contains("Nothing was changed."));
  EXPECT_EQ(alice.asks({u"whoami"_s}).code, kOk);
}

TEST_F(SignInVerbs, LogoutErasesTheProfileAndTheDevice) {
  ASSERT_EQ(alice.registers().code, kOk);

  const auto said = alice.asks({u"logout"_s, u"--yes"_s});

  EXPECT_EQ(said.code, kOk) << said.error.constData();
  EXPECT_EQ(said.events(u"signed_out"_s).size(), 1);
  for (const auto &name : {u"store.db"_s, u"slots.json"_s, u"key"_s, u"profile.json"_s})
    EXPECT_FALSE(QFile::exists(alice.profile() + u'/' + name)) << name.toStdString();
  EXPECT_EQ(alice.asks({u"whoami"_s}).code, kNotSignedIn);
  EXPECT_EQ(alice.logsIn().code, kOk);
}

TEST_F(SignInVerbs, WithoutTheRelayLogoutKeepsEverything) {
  ASSERT_EQ(alice.registers().code, kOk);
  relay.stop();

  const auto said = alice.asks({u"logout"_s, u"--yes"_s});

  EXPECT_EQ(said.code, kNotReached);
  EXPECT_TRUE(QFile::exists(alice.profile() + u"/store.db"_s));
}

TEST_F(SignInVerbs, APassphraseProtectsTheProfile) {
  const QString path = folder.file(u"passphrase"_s);
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  file.write("correct horse\n");
  file.close();
  const QStringList more{u"--passphrase-file"_s, path};
  const auto made = alice.asks(QStringList{u"register"_s, u"--login-file"_s, alice.loginFile()} + more);
  ASSERT_EQ(made.code, kOk) << made.error.constData();
  EXPECT_FALSE(made.error.contains("in the file 'key'"));

  EXPECT_EQ(alice.asks({u"whoami"_s}).code, kProfileLocked);
  const auto opened = alice.asks(QStringList{u"whoami"_s} + more);
  EXPECT_EQ(opened.event(u"whoami"_s)[u"slot"_s].toString(), secrets::slotName(secrets::SlotKind::Passphrase));
}

}  // namespace
}  // namespace gx::cli
