// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/store/store_child.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QCoreApplication>
#include <csignal>
#include <cstdio>

#include "core/store/setting_store.h"
#include "core/store/transaction.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60'000;  // ms
constexpr int kSettings = 200;

bool writesSettings(store::Database &database, int first) {
  store::SettingStore settings(database);
  for (int i = first; i < first + kSettings; ++i)
    if (!settings.set(QString::number(i), u"value"_s)) return false;
  return true;
}

int actOn(store::Database &database, const QByteArray &act) {
  store::Transaction transaction(database);
  if (!transaction.began() || !writesSettings(database, 1)) return 3;
  if (act == "hold") {
    std::puts("ready");
    std::fflush(stdout);
    while (std::getchar() != EOF) continue;
  }
  if (!transaction.commit()) return 4;
  if (act != "die") return 0;
  const store::Transaction half(database);
  if (!half.began() || !writesSettings(database, 1 + kSettings)) return 5;
  // Spilled into the log, not committed there.
  if (!database.execute("PRAGMA cache_spill = 1; PRAGMA cache_size = 1") || !writesSettings(database, 1)) return 6;
  return ::raise(SIGKILL);
}

class StoreChildRole final : public ::testing::Environment {
 public:
  void SetUp() override {
    const QByteArray act = qgetenv("GX_STORE_ACT");
    if (act.isEmpty()) return;
    const auto database = store::Database::open(QString::fromUtf8(QByteArray::fromHex(qgetenv("GX_STORE_FILE"))),
                                                SecretBytes(QByteArray::fromHex(qgetenv("GX_STORE_KEY"))));
    _exit(database ? actOn(**database, act) : 2);
  }
};
[[maybe_unused]] const auto *const kStoreChildRole = ::testing::AddGlobalTestEnvironment(new StoreChildRole);

}  // namespace

StoreChild::StoreChild(const QByteArray &act, const QString &file, const SecretBytes &key) {
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(u"GX_STORE_ACT"_s, QString::fromLatin1(act));
  environment.insert(u"GX_STORE_FILE"_s, QString::fromLatin1(file.toUtf8().toHex()));
  environment.insert(u"GX_STORE_KEY"_s, QString::fromLatin1(key.view().toByteArray().toHex()));
  m_process.setProcessEnvironment(environment);
  m_process.start(QCoreApplication::applicationFilePath(), {u"--gtest_filter=TwoProcessesTest.*"_s});
}

StoreChild::~StoreChild() {
  if (m_process.state() == QProcess::NotRunning) return;
  m_process.kill();
  m_process.waitForFinished(kPatience);
}

bool StoreChild::isReady() {
  QByteArray said;
  while (!said.contains("ready") && m_process.waitForReadyRead(kPatience)) said += m_process.readAllStandardOutput();
  return said.contains("ready");
}

void StoreChild::letGo() {
  m_process.closeWriteChannel();
  EXPECT_TRUE(m_process.waitForFinished(kPatience));
  EXPECT_EQ(m_process.exitCode(), 0);
}

bool StoreChild::wasKilled() {
  if (!m_process.waitForFinished(kPatience)) return false;
  return m_process.exitStatus() == QProcess::CrashExit && m_process.exitCode() == SIGKILL;
}

}  // namespace gx::test
