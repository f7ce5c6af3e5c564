// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/relay_process.h"
#include "tests/support/relay_user.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

class ServeTest : public ::testing::Test {
 protected:
  // What gx-relay says and how it ends.
  struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
  };
  static Ended runs(const QStringList &arguments, const QStringList &environment = {}) {
    const auto process = RelayProcess::run(arguments, environment);
    const int code = process->waitForEnd();
    return {code, process->output(), process->errorOutput()};
  }
  QString folder() const { return m_folder.file(u"store"_s); }
  RelayProcess::Options demo() const { return {.folder = folder(), .arguments = {u"--demo"_s}, .environment = {}}; }
  QString writes(const QString &name, const QByteArray &text) {
    QFile file(m_folder.file(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return file.fileName();
  }

  TempFolder m_folder;
};

}  // namespace

TEST_F(ServeTest, ServesWithoutAnyConfiguration) {
  const auto relay =
      RelayProcess::run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--ops-listen"_s, u"127.0.0.1:0"_s},
                        {u"XDG_DATA_HOME="_s + m_folder.path()});

  EXPECT_TRUE(relay->waitForLine("ready api=127.0.0.1:").contains(" ops=127.0.0.1:"));
  EXPECT_TRUE(QFile::exists(m_folder.file(u"gx-relay/relay.db"_s)));
  relay->terminate();
  EXPECT_EQ(relay->waitForEnd(), 0);
}

TEST_F(ServeTest, TwoPeopleTalkAndARestartKeepsEverything) {
  RelayProcess relay(demo());
  RelayUser alice(relay.apiPort(), "alice@gxcoin.test");
  RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto conversation = alice.conversationWith("bob@gxcoin.test");
  const auto request = RelayUser::message(conversation, {&bob}, "hello");
  const RawResponse accepted = alice.sends(request);
  ASSERT_EQ(accepted.status, 200);

  EXPECT_EQ(relay.stop(), 0);
  relay.start();

  EXPECT_EQ(alice.sends(request).body, accepted.body);
  const QJsonArray letters = bob.http().get("/api/v1/messages").json()[u"messages"_s].toArray();
  ASSERT_EQ(letters.size(), 1);
  EXPECT_EQ(letters[0].toObject()[u"message_id"_s], accepted.json()[u"message_id"_s]);
  EXPECT_EQ(relay.stop(), 0);
}

TEST_F(ServeTest, AKilledRelayLosesNothingItAccepted) {
  RelayProcess relay(demo());
  RelayUser alice(relay.apiPort(), "alice@gxcoin.test");
  RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto conversation = alice.conversationWith("bob@gxcoin.test");
  for (int i = 0; i < 20; ++i) ASSERT_EQ(alice.sends(RelayUser::message(conversation, {&bob})).status, 200);

  relay.kill();
  relay.start();

  const auto online = bob.goesOnline();
  EXPECT_EQ(online->waitFor("ready")[u"head"_s].toInt(), 20);
  EXPECT_EQ(online->waitFor("mail")[u"messages"_s].toArray().size(), 20);
}

TEST_F(ServeTest, SigtermTellsClientsAndEndsWithZero) {
  RelayProcess relay(demo());
  RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(bob.becomesActive());
  const auto online = bob.goesOnline();
  online->waitFor("ready");

  relay.process().terminate();

  EXPECT_GT(online->waitFor("closing")[u"retry_after_ms"_s].toInt(), 0);
  EXPECT_EQ(online->waitForClose(), 1012);
  EXPECT_EQ(relay.process().waitForEnd(std::chrono::seconds(11)), 0);
}

TEST_F(ServeTest, AClientThatHangsDoesNotKeepTheRelay) {
  RelayProcess relay(demo());
  RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(bob.becomesActive());
  const auto online = bob.goesOnline();
  online->waitFor("ready");
  online->stopReading();

  relay.process().terminate();

  EXPECT_EQ(relay.process().waitForEnd(std::chrono::seconds(12)), 0);
}

TEST_F(ServeTest, ASecondProcessOnTheStoreIsRefused) {
  RelayProcess relay(demo());

  const Ended second = runs({u"serve"_s, u"--demo"_s, u"--data"_s, folder(), u"--listen"_s, u"127.0.0.1:0"_s,
                             u"--ops-listen"_s, u"127.0.0.1:0"_s});

  EXPECT_EQ(second.code, 3);
  EXPECT_TRUE(second.error.contains(QByteArray::number(relay.process().pid()))) << second.error.constData();
  EXPECT_EQ(RawHttp(relay.opsPort()).get("/readyz").status, 200);
}

TEST_F(ServeTest, APortInUseIsNamed) {
  RelayProcess relay(demo());

  const Ended second = runs({u"serve"_s, u"--data"_s, m_folder.file(u"other"_s), u"--listen"_s,
                             u"127.0.0.1:"_s + QString::number(relay.apiPort()), u"--ops-listen"_s, u"127.0.0.1:0"_s});

  EXPECT_EQ(second.code, 1);
  EXPECT_TRUE(second.error.contains(QByteArray::number(relay.apiPort()))) << second.error.constData();
}

TEST_F(ServeTest, WrongConfigurationIsNamedWithItsLine) {
  const QString file =
      writes(u"relay.conf"_s, "# settings\nlisten = 127.0.0.1:0\nregistartion = open\ntime_scale = fast\n");

  const Ended ended = runs({u"serve"_s, u"--config"_s, file, u"--data"_s, folder()});

  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(ended.error.contains("relay.conf:3: unknown setting registartion; did you mean registration?"));
  EXPECT_TRUE(ended.error.contains("relay.conf:4: time_scale must be a number"));
  EXPECT_FALSE(QFile::exists(folder()));
}

TEST_F(ServeTest, PrintsConfigurationVersionHelpAndSql) {
  const Ended config =
      runs({u"config"_s, u"print"_s, u"--listen"_s, u"127.0.0.1:9"_s}, {u"GX_INVITE_CODE=0123456789abcdef"_s});
  EXPECT_EQ(config.code, 0);
  EXPECT_TRUE(config.output.contains("\nlisten = 127.0.0.1:9\n"));
  EXPECT_FALSE(config.output.contains("0123456789abcdef"));

  EXPECT_TRUE(runs({u"--version"_s}).output.startsWith("gx-relay "));
  EXPECT_TRUE(runs({u"--help"_s}).output.contains("--ops-listen"));
  EXPECT_TRUE(runs({u"migrate"_s, u"--print-sql"_s}).output.contains("CREATE TABLE \"Conversation\""));
  EXPECT_EQ(runs({u"serve"_s, u"--nonsense"_s}).code, 2);
}

TEST_F(ServeTest, MigratesAStoreBeforeItIsServed) {
  const Ended first = runs({u"migrate"_s, u"--data"_s, folder()});
  EXPECT_EQ(first.code, 0) << first.error.constData();
  EXPECT_TRUE(first.output.contains("schema version"));

  RelayProcess relay(demo());
  EXPECT_EQ(runs({u"migrate"_s, u"--data"_s, folder()}).code, 3);
  EXPECT_EQ(relay.stop(), 0);
}

TEST_F(ServeTest, TheDoctorSeesAServingRelay) {
  RelayProcess relay(demo());

  const Ended doctor = runs({u"doctor"_s, u"--demo"_s, u"--data"_s, folder(), u"--listen"_s,
                             u"127.0.0.1:"_s + QString::number(relay.apiPort()), u"--ops-listen"_s,
                             u"127.0.0.1:"_s + QString::number(relay.opsPort())});

  EXPECT_EQ(doctor.code, 0) << doctor.output.constData();
  EXPECT_EQ(doctor.output.count(": a relay serves it"), 2) << doctor.output.constData();
  EXPECT_EQ(runs({u"doctor"_s, u"--data"_s, folder(), u"--listen"_s, u"192.0.2.1:1"_s}).code, 1);
}

TEST_F(ServeTest, LogsNoNamesAndNoTokens) {
  RelayProcess relay(demo());
  RelayUser alice(relay.apiPort(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  alice.http().post("/api/v1/auth/login",
                    "{\"account\":\"alice@gxcoin.test\",\"password\":\"wrong wrong wrong\",\"device_name\":\"x\"}");
  const auto online = alice.goesOnline();
  online->waitFor("ready");
  EXPECT_EQ(relay.stop(), 0);

  const QByteArray log = relay.process().errorOutput();
  EXPECT_FALSE(log.contains("gxcoin.test"));
  EXPECT_FALSE(log.contains("gxa_"));
  EXPECT_FALSE(log.contains("gxr_"));
  EXPECT_FALSE(log.contains("wrong"));
}

}  // namespace gx::test
