// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

#include "tests/support/await.h"
#include "tests/support/raw_http.h"
#include "tests/support/relay_process.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

class TlsTest : public ::testing::Test {
 protected:
  // A certificate for 127.0.0.1 that signs itself.
  void makeCertificate(const QString &name) {
    ChildProcess openssl(u"openssl"_s,
                         {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
                          u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=relay"_s, u"-addext"_s,
                          u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, key(name), u"-out"_s, certificate(name)});
    ASSERT_EQ(openssl.waitForEnd(), 0);
    QFile::setPermissions(key(name), QFile::ReadOwner | QFile::WriteOwner);
  }
  QString certificate(const QString &name) const { return m_folder.file(name + u".pem"_s); }
  QString key(const QString &name) const { return m_folder.file(name + u".key"_s); }
  RelayProcess::Options options(const QString &certificateName, const QString &keyName) const {
    return {.folder = m_folder.file(u"store"_s),
            .arguments = {},
            .environment = {u"GX_TLS_CERTIFICATE="_s + certificate(certificateName), u"GX_TLS_KEY="_s + key(keyName)}};
  }
  // The status line of GET /api/v1/openapi.json, trusting `trusted` alone; empty when the handshake fails.
  static QByteArray asks(quint16 port, const QString &trusted) {
    QSslSocket socket;
    QSslConfiguration configuration = socket.sslConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(trusted));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
    if (!socket.waitForEncrypted(5000)) return {};
    socket.write("GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    if (!socket.waitForReadyRead(5000)) return {};
    return socket.readLine().trimmed();
  }

  TempFolder m_folder;
};

}  // namespace

TEST_F(TlsTest, ServesWithItsCertificate) {
  makeCertificate(u"own"_s);
  makeCertificate(u"other"_s);
  RelayProcess relay(options(u"own"_s, u"own"_s));

  EXPECT_EQ(asks(relay.apiPort(), certificate(u"own"_s)), "HTTP/1.1 200 OK");
  EXPECT_EQ(asks(relay.apiPort(), certificate(u"other"_s)), "");
  EXPECT_EQ(RawHttp(relay.opsPort()).get("/livez").status, 200);
  EXPECT_EQ(relay.stop(), 0);
}

TEST_F(TlsTest, A20_PlainHttpOnTheTlsPortGetsNothing) {
  makeCertificate(u"own"_s);
  RelayProcess relay(options(u"own"_s, u"own"_s));

  EXPECT_NE(RawHttp(relay.apiPort()).get("/api/v1/openapi.json").status, 200);
}

TEST_F(TlsTest, AKeyOfAnotherCertificateStopsTheStart) {
  makeCertificate(u"own"_s);
  makeCertificate(u"other"_s);
  const auto wrong = options(u"own"_s, u"other"_s);

  const auto relay = RelayProcess::run(
      {u"serve"_s, u"--data"_s, wrong.folder, u"--listen"_s, u"127.0.0.1:0"_s, u"--ops-listen"_s, u"127.0.0.1:0"_s},
      wrong.environment);
  EXPECT_EQ(relay->waitForEnd(), 1);
  EXPECT_FALSE(relay->errorOutput().isEmpty());

  const auto doctor = RelayProcess::run({u"doctor"_s, u"--data"_s, wrong.folder}, wrong.environment);
  EXPECT_EQ(doctor->waitForEnd(), 1);
  EXPECT_TRUE(doctor->output().contains("FAILED   GX-CFG-02")) << doctor->output().constData();
}

}  // namespace gx::test
