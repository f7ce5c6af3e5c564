// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/doctor.h"

#include <gtest/gtest.h>

#include <QFile>
#include <algorithm>

#include "core/wire/check_codes.h"
#include "tests/support/temp_folder.h"

namespace gx::server::admin {

namespace {

using Outcome = Finding::Outcome;
namespace checks = wire::checks;

class DoctorTest : public ::testing::Test {
 protected:
  DoctorTest() {
    m_config.environment = "local";
    m_config.dataFolder = m_folder.path();
    m_config.listen = "127.0.0.1:0";
    m_config.opsListen = "127.0.0.1:0";
  }
  QList<Finding> examines() {
    return Doctor(m_config, [this](const QString &, const QString &) { return m_certificate; }).examine();
  }
  Finding find(const char *code) {
    const auto findings = examines();
    const auto found = std::ranges::find_if(
        findings, [&](const Finding &f) { return QByteArrayView(f.code) == QByteArrayView(code); });
    return found == findings.end() ? Finding{"none"} : *found;
  }

  test::TempFolder m_folder;
  config::Config m_config;
  Result<> m_certificate;
};

}  // namespace

TEST_F(DoctorTest, FindsNothingWrongWithAFreshFolder) {
  const auto findings = examines();

  EXPECT_TRUE(isHealthy(findings));
  EXPECT_EQ(findings.size(), 10);
  for (const Finding &finding : findings) EXPECT_NE(checks::textOf(finding.code), nullptr) << finding.code;
}

TEST_F(DoctorTest, WrongSettingsComeFirst) {
  const auto findings = Doctor(fail(ErrorKind::Invalid, "relay.conf:3: unknown setting x"), {}).examine();

  EXPECT_FALSE(isHealthy(findings));
  EXPECT_STREQ(findings[0].code, checks::kSettings);
  EXPECT_EQ(findings[0].outcome, Outcome::Failed);
  EXPECT_TRUE(findings[0].toText().contains("relay.conf:3"));
  EXPECT_EQ(findings[1].outcome, Outcome::Skipped);
}

TEST_F(DoctorTest, ABrokenCertificateIsNamed) {
  EXPECT_EQ(find(checks::kCertificate).outcome, Outcome::Skipped);
  m_config.tlsCertificate = QStringLiteral("/x");
  EXPECT_EQ(find(checks::kCertificate).outcome, Outcome::Ok);

  m_certificate = fail(ErrorKind::Untrusted, "the key does not belong to the certificate");

  EXPECT_EQ(find(checks::kCertificate).outcome, Outcome::Failed);
  EXPECT_TRUE(find(checks::kCertificate).detail.contains("does not belong"));
}

TEST_F(DoctorTest, AFolderOthersMayLookIntoIsAWarning) {
  QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther);

  EXPECT_EQ(find(checks::kFolder).outcome, Outcome::Warning);
  EXPECT_TRUE(isHealthy(examines()));
}

TEST_F(DoctorTest, AFolderThatIsNotThereYetWillBeMade) {
  m_config.dataFolder = m_folder.file(QStringLiteral("a/b"));

  const Finding finding = find(checks::kFolder);

  EXPECT_EQ(finding.outcome, Outcome::Ok);
  EXPECT_TRUE(finding.detail.contains("will be made"));
  EXPECT_FALSE(QFile::exists(m_config.dataFolder));
}

TEST_F(DoctorTest, AFileInThePlaceOfTheFolderFails) {
  QFile file(m_folder.file(QStringLiteral("data")));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  m_config.dataFolder = file.fileName();

  EXPECT_EQ(find(checks::kFolder).outcome, Outcome::Failed);
}

TEST_F(DoctorTest, AnAddressOfAnotherMachineFails) {
  m_config.listen = "192.0.2.1:3007";

  EXPECT_EQ(find(checks::kApiPort).outcome, Outcome::Failed);
  EXPECT_EQ(find(checks::kOpsPort).outcome, Outcome::Ok);
}

TEST_F(DoctorTest, WritesALineAFinding) {
  EXPECT_EQ((Finding{checks::kSpace, Outcome::Failed, "3 MiB free"}).toText(),
            "FAILED   GX-STO-02  the disk under the data folder has room: 3 MiB free");
  EXPECT_EQ((Finding{checks::kIntegrity, Outcome::Ok, {}}).toText(),
            "ok       GX-STO-05  the store's database is undamaged");
}

}  // namespace gx::server::admin
