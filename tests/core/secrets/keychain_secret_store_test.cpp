// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/keychain_secret_store.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include "core/secrets/key_slots.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/temp_folder.h"

namespace gx::secrets {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr char kInsideVariable[] = "GX_TEST_INSIDE_SESSION";

bool isInside() {
  return qEnvironmentVariableIsSet(kInsideVariable);
}

// The same test once more, as a child with a session bus of its own: libsecret keeps the first bus it met for ever.
// `prepare` is shell text run on that bus before the test. The tools missing is a failure, not a skip.
struct SessionBus : testing::Test {
  void runInside(const QByteArray &prepare) {
    const QString script = u"set -e; "_s + QString::fromLatin1(prepare) + u"; exec "_s +
                           QCoreApplication::applicationFilePath() + u" --gtest_filter=SessionBus."_s +
                           QString::fromLatin1(testing::UnitTest::GetInstance()->current_test_info()->name());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(kInsideVariable), u"1"_s);
    environment.insert(u"XDG_DATA_HOME"_s, folder.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path());
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, script});
    ASSERT_TRUE(process.waitForStarted()) << "dbus-run-session (package dbus) is missing";
    const bool hasEnded = process.waitForFinished(60'000);
    const QByteArray output = process.readAll();
    if (!hasEnded) process.kill();
    ASSERT_TRUE(hasEnded) << output.toStdString();
    EXPECT_EQ(process.exitCode(), 0) << output.toStdString();
    EXPECT_TRUE(output.contains("[  PASSED  ] 1 test")) << output.toStdString();
  }
  void runWithKeyring() {
    runInside("printf testpass | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "_ba + kWaitForService);
  }
  // Something is to own the name of the Secret Service, and never comes up.
  void runWithSilentService() {
    ASSERT_TRUE(QDir().mkpath(folder.file(u"dbus-1/services"_s)));
    QFile service(folder.file(u"dbus-1/services/org.freedesktop.secrets.service"_s));
    ASSERT_TRUE(service.open(QIODevice::WriteOnly));
    service.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sleep 5\n");
    service.close();
    runInside("true");
  }

  static constexpr char kWaitForService[] =
      "until dbus-send --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner "
      "string:org.freedesktop.secrets | grep -q 'boolean true'; do sleep 0.02; done";

  [[nodiscard]] Result<SecretBytes> read(const QString &name) { return test::await(store.read(name)); }
  [[nodiscard]] static std::string read(KeychainSecretStore &from) {
    const auto secret = test::await(from.read(u"one"_s));
    return secret ? "a secret" : name(secret.error().kind);
  }
  [[nodiscard]] Result<> write(const QString &name, QByteArrayView secret) {
    return test::await(store.write(name, SecretBytes(secret)));
  }

  test::TempFolder folder;
  SystemClock clock;
  KeychainSecretStore store{clock, u"org.gx.test"_s};
};

TEST_F(SessionBus, KeepsSecretsInARealKeyring) {
  if (!isInside()) return runWithKeyring();

  EXPECT_EQ(read(u"absent"_s).error().kind, ErrorKind::NotFound);
  const QByteArray binary("\0binary\xff", 8);
  ASSERT_TRUE(write(u"one"_s, binary));
  ASSERT_TRUE(write(u"two"_s, "second"));
  EXPECT_EQ(read(u"one"_s)->view(), binary);
  ASSERT_TRUE(write(u"one"_s, "replaced"));
  EXPECT_EQ(read(u"one"_s)->view(), "replaced");
  EXPECT_TRUE(test::await(store.remove(u"one"_s)));
  EXPECT_TRUE(test::await(store.remove(u"one"_s)));
  EXPECT_EQ(read(u"one"_s).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(read(u"two"_s)->view(), "second");
}

TEST_F(SessionBus, OpensAProfileWithARealKeyring) {
  if (!isInside()) return runWithKeyring();

  test::TempFolder profile;
  test::FixedRandom random;
  KeySlots slots_(profile.path(), store, random);
  const SecretBytes key = *slots_.makeKey();
  ASSERT_TRUE(test::await(slots_.addKeychain(key.copy())));
  EXPECT_EQ(test::await(slots_.openWithKeychain())->view(), key.view());
  EXPECT_TRUE(test::await(slots_.eraseAll()));
}

TEST_F(SessionBus, GivesUpOnAServiceThatNeverAnswers) {
  if (!isInside()) return runWithSilentService();

  KeychainSecretStore impatient(clock, u"org.gx.test"_s, 1s);
  QElapsedTimer timer;
  timer.start();
  EXPECT_EQ(read(impatient), "timeout");
  EXPECT_GE(timer.elapsed(), 900);  // the timer is coarse
  timer.restart();
  EXPECT_EQ(read(impatient), "timeout");
  const Result<> written = test::await(impatient.write(u"one"_s, SecretBytes(QByteArrayView("x"))));
  EXPECT_STREQ(name(written.error().kind), "timeout");
  EXPECT_LT(timer.elapsed(), 900);  // not queued behind the one that hangs
}

TEST_F(SessionBus, FailsWithoutABus) {
  if (!isInside()) return runInside("export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus");

  const auto found = read(u"one"_s);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().kind, ErrorKind::Timeout);
  EXPECT_FALSE(write(u"one"_s, "x"));
}

TEST_F(SessionBus, FailsOnAKeyringThatWasNeverUnlocked) {
  if (!isInside())
    return runInside("gnome-keyring-daemon --start --components=secrets >/dev/null; "_ba + kWaitForService);

  EXPECT_EQ(read(u"one"_s).error().kind, ErrorKind::NotFound);
  EXPECT_FALSE(write(u"one"_s, "x"));
}

}  // namespace
}  // namespace gx::secrets
