// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QFile>

#include "tests/integration/cli_person.h"
#include "tests/support/await.h"
#include "tests/support/fake_proxy.h"
#include "tests/support/relay_process.h"
#include "tests/support/test_certificates.h"

namespace gx::test {
namespace {

using namespace Qt::StringLiterals;
using Pair = TestCertificates::Pair;

// The MainNet profile as it is, led by a CONNECT proxy to a relay of ours, with a CA of ours and every check on.
class MainNet : public ::testing::Test {
 protected:
  QString writes(const QString &name, const QByteArray &text) {
    QFile file(m_folder.file(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(text);
    return file.fileName();
  }
  void serves(const Pair &pair) {
    const QString certificate = writes(u"relay.pem"_s, pair.certificate);
    const QString key = writes(u"relay.key"_s, pair.key);
    m_relay = std::make_unique<RelayProcess>(
        RelayProcess::Options{.folder = m_folder.file(u"relay"_s),
                              .arguments = {u"--demo"_s},
                              .environment = {u"GX_TLS_CERTIFICATE="_s + certificate, u"GX_TLS_KEY="_s + key}});
    m_proxy.lead("api.gxcoin.money:443", m_relay->apiPort());
  }
  // gx-cli needs our proxy's event loop while it runs.
  CliPerson::Ended runs(CliPerson &person, const QStringList &words) {
    return person.runs(words + QStringList{u"--proxy"_s, u"http://127.0.0.1:%1"_s.arg(m_proxy.serverPort())});
  }
  CliPerson::Ended signsIn(CliPerson &person, const QByteArray &ca) {
    return runs(person, {u"login"_s, u"--json"_s, u"--login-file"_s, person.loginFile(), u"--ca-file"_s,
                         writes(u"ca.pem"_s, ca)});
  }

  TempFolder m_folder;
  FakeProxy m_proxy;
  std::unique_ptr<RelayProcess> m_relay;
  CliPerson alice{u"mainnet"_s, "alice@gxcoin.test"};
  CliPerson bob{u"mainnet"_s, "bob@gxcoin.test"};
};

TEST_F(MainNet, TwoPeopleTalkThroughTheProxy) {
  serves(TestCertificates::instance().serverPair());
  ASSERT_EQ(signsIn(alice, TestCertificates::instance().ca()).code, 0);
  ASSERT_EQ(signsIn(bob, TestCertificates::instance().ca()).code, 0);

  EXPECT_EQ(runs(alice, {u"send"_s, bob.who(), u"over MainNet"_s}).code, 0);

  const auto history = runs(bob, {u"history"_s, alice.who(), u"--json"_s});
  EXPECT_EQ(history.event(u"history"_s)[u"text"_s].toString(), u"over MainNet"_s);
  EXPECT_TRUE(m_proxy.asked().contains("api.gxcoin.money:443"));
}

TEST_F(MainNet, A23_AnUntrustedCertificateIsRefusedInWords) {
  serves(TestCertificates::instance().serverPair());

  const auto refused = signsIn(alice, TestCertificates::instance().otherCa());

  EXPECT_EQ(refused.code, 7);
  EXPECT_EQ(refused.event(u"error"_s)[u"code"_s].toString(), u"tls_untrusted"_s);
  EXPECT_TRUE(refused.error.contains("comes from nobody we trust")) << refused.error.constData();
}

TEST_F(MainNet, A23_AnExpiredCertificateIsRefusedInWords) {
  serves(TestCertificates::instance().expiredPair());

  const auto refused = signsIn(alice, TestCertificates::instance().ca());

  EXPECT_EQ(refused.code, 7);
  EXPECT_EQ(refused.event(u"error"_s)[u"code"_s].toString(), u"tls_expired"_s);
  EXPECT_TRUE(refused.error.contains("not valid at this time")) << refused.error.constData();
}

TEST_F(MainNet, A23_AWrongNameIsRefusedInWords) {
  serves(TestCertificates::instance().wrongNamePair());

  const auto refused = signsIn(alice, TestCertificates::instance().ca());

  EXPECT_EQ(refused.code, 7);
  EXPECT_EQ(refused.event(u"error"_s)[u"code"_s].toString(), u"tls_wrong_name"_s);
  EXPECT_TRUE(refused.error.contains("another name")) << refused.error.constData();
}

}  // namespace
}  // namespace gx::test
