// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/store_check.h"

#include <gtest/gtest.h>

#include <QFile>

#include "core/wire/check_codes.h"
#include "server/admin/migrate.h"
#include "server/sql/folder_lock.h"
#include "server/sql/sql_migrations.h"
#include "tests/support/temp_folder.h"

namespace gx::server::admin {

namespace {

using Outcome = Finding::Outcome;

class StoreCheckTest : public ::testing::Test {
 protected:
  StoreCheckTest() {
    m_config.dataFolder = m_folder.path();
    m_config.environment = "devnet";
  }
  Finding find(const char *code, const QByteArray &environment = "devnet") {
    for (const Finding &finding : checkStore(m_folder.path(), environment))
      if (QByteArrayView(finding.code) == QByteArrayView(code)) return finding;
    ADD_FAILURE() << "no finding " << code;
    return {};
  }
  QString database() const { return m_folder.file(QStringLiteral("relay.db")); }

  test::TempFolder m_folder;
  SystemClock m_clock;
  config::Config m_config;
};

}  // namespace

TEST_F(StoreCheckTest, AFolderWithoutAStoreIsFine) {
  const auto findings = checkStore(m_folder.path(), "devnet");

  ASSERT_EQ(findings.size(), 3);
  EXPECT_TRUE(isHealthy(findings));
  EXPECT_FALSE(QFile::exists(database()));
}

TEST_F(StoreCheckTest, AMigratedStoreIsFine) {
  const auto migrated = migrateStore(m_config, m_clock);
  ASSERT_TRUE(migrated) << describe(migrated.error()).constData();
  EXPECT_TRUE(migrated->contains("schema version")) << migrated->constData();

  EXPECT_TRUE(isHealthy(checkStore(m_folder.path(), "devnet")));
  EXPECT_TRUE(migrateStore(m_config, m_clock)->contains(" 0 applied"));
}

TEST_F(StoreCheckTest, AnotherEnvironmentIsNamedWithBothNames) {
  ASSERT_TRUE(migrateStore(m_config, m_clock));

  const Finding finding = find(wire::checks::kEnvironment, "mainnet");

  EXPECT_EQ(finding.outcome, Outcome::Failed);
  EXPECT_TRUE(finding.detail.contains("devnet"));
  EXPECT_TRUE(finding.detail.contains("mainnet"));
  m_config.environment = "mainnet";
  EXPECT_FALSE(migrateStore(m_config, m_clock));
}

TEST_F(StoreCheckTest, ANewerSchemaIsRefused) {
  ASSERT_TRUE(migrateStore(m_config, m_clock));
  {
    auto db = sql::SqlConnection::openSqlite(database(), sql::SqlAccess::Write);
    ASSERT_TRUE(db);
    ASSERT_TRUE((*db)->run(QStringLiteral(
        "INSERT INTO \"SchemaVersion\" (\"version\", \"name\", \"appliedAt\") VALUES (999, 'later', 0)")));
  }

  EXPECT_EQ(find(wire::checks::kSchema).outcome, Outcome::Failed);
  EXPECT_EQ(migrateStore(m_config, m_clock).error().kind, ErrorKind::Unsupported);
}

TEST_F(StoreCheckTest, ADamagedStoreIsFound) {
  QFile file(database());
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(8192, 'x'));
  file.close();

  EXPECT_FALSE(isHealthy(checkStore(m_folder.path(), "devnet")));
}

TEST_F(StoreCheckTest, MigratingAStoreInUseIsRefused) {
  const auto lock = sql::FolderLock::take(m_folder.path());
  ASSERT_TRUE(lock);

  const auto migrated = migrateStore(m_config, m_clock);

  ASSERT_FALSE(migrated);
  EXPECT_EQ(migrated.error().kind, ErrorKind::Locked);
}

}  // namespace gx::server::admin
