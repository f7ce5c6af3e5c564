// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/test_certificates.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>

#include "core/base/bytes.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

namespace {

void openssl(const TempFolder &folder, const QString &arguments) {
  QProcess process;
  process.setWorkingDirectory(folder.path());
  process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
  const bool ended = process.waitForFinished(20'000);
  if (!ended || process.exitCode() != 0) {
    ADD_FAILURE() << "openssl: " << process.readAllStandardError().constData();
    std::abort();
  }
}

QByteArray contents(const TempFolder &folder, const QString &name) {
  QFile file(folder.file(name));
  if (!file.open(QIODevice::ReadOnly)) ADD_FAILURE() << "no file " << name.toStdString();
  return file.readAll();
}

void makeCa(const TempFolder &folder, const QString &name) {
  openssl(folder, QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %1.key "
                                 "-out %1.pem -days 30 -subj /CN=%1 -addext basicConstraints=critical,CA:TRUE "
                                 "-addext keyUsage=critical,keyCertSign")
                      .arg(name));
}

// `days` may be negative: then it expired in the past.
void makeServer(const TempFolder &folder, const QString &name, const QByteArray &names, int days) {
  QFile extensions(folder.file(QStringLiteral("ext")));
  extensions.open(QIODevice::WriteOnly);
  extensions.write("subjectAltName=" + names + "\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n");
  extensions.close();
  openssl(folder, QStringLiteral("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %1.key -out "
                                 "%1.csr -subj /CN=%1")
                      .arg(name));
  openssl(folder, QStringLiteral("x509 -req -in %1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days %2 -extfile ext "
                                 "-out %1.pem")
                      .arg(name, QString::number(days)));
}

}  // namespace

const TestCertificates &TestCertificates::instance() {
  static const TestCertificates certificates;
  return certificates;
}

TestCertificates::TestCertificates() {
  const TempFolder folder;
  makeCa(folder, QStringLiteral("ca"));
  makeCa(folder, QStringLiteral("other"));
  makeServer(folder, QStringLiteral("server"), "DNS:localhost,DNS:api.gxcoin.money", 30);
  makeServer(folder, QStringLiteral("expired"), "DNS:localhost,DNS:api.gxcoin.money", -1);
  makeServer(folder, QStringLiteral("wrong"), "DNS:other.example", 30);
  m_ca = contents(folder, QStringLiteral("ca.pem"));
  m_otherCa = contents(folder, QStringLiteral("other.pem"));
  m_server = {contents(folder, QStringLiteral("server.pem")), contents(folder, QStringLiteral("server.key"))};
  m_expired = {contents(folder, QStringLiteral("expired.pem")), contents(folder, QStringLiteral("expired.key"))};
  m_wrongName = {contents(folder, QStringLiteral("wrong.pem")), contents(folder, QStringLiteral("wrong.key"))};
}

QByteArray TestCertificates::serverKeyPin() const {
  return sha256(QSslCertificate(m_server.certificate).publicKey().toDer());
}

QSslConfiguration TestCertificates::configuration(const Pair &pair) {
  QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
  configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
  configuration.setLocalCertificate(QSslCertificate(pair.certificate));
  configuration.setPrivateKey(QSslKey(pair.key, QSsl::Ec));
  return configuration;
}

}  // namespace gx::test
