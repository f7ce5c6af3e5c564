// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/health.h"

#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::test {

namespace {

class ProbeToSet final : public server::domain::HealthProbe {
 public:
  ProbeToSet(QByteArray name, bool isCritical) : m_name(std::move(name)), m_isCritical(isCritical) {}
  [[nodiscard]] QByteArray name() const override { return m_name; }
  [[nodiscard]] bool isCritical() const override { return m_isCritical; }
  [[nodiscard]] Async<> check() override { co_return outcome; }

  Result<> outcome{};

 private:
  QByteArray m_name;
  bool m_isCritical;
};

}  // namespace

TEST(Health, IsReadyWhileWhatIsCriticalIsWell) {
  ManualClock clock;
  ProbeToSet database("database", true);
  ProbeToSet bus("bus", false);
  server::services::Health health(clock, {&database, &bus});

  EXPECT_TRUE(await(health.check())->isReady);
  bus.outcome = fail(ErrorKind::Unavailable, "gone");
  EXPECT_TRUE(await(health.check())->isReady);
  database.outcome = fail(ErrorKind::Storage, "secret detail");
  const auto report = await(health.check());

  EXPECT_FALSE(report->isReady);
  ASSERT_EQ(report->lines.size(), 2u);
  EXPECT_EQ(report->lines[0].name, "database");
  EXPECT_TRUE(report->lines[0].isCritical);
  EXPECT_FALSE(report->lines[0].isWell);
  EXPECT_EQ(report->lines[0].reason, "storage");  // never the detail
}

TEST(Health, KeepsTheTimeOfTheLastChange) {
  ManualClock clock;
  ProbeToSet database("database", true);
  server::services::Health health(clock, {&database});
  const WallTime begin = clock.wallNow();
  clock.advance(std::chrono::seconds(10));
  EXPECT_EQ(await(health.check())->lines[0].since, begin);

  database.outcome = fail(ErrorKind::Unavailable, "gone");
  static_cast<void>(await(health.check()));
  clock.advance(std::chrono::seconds(10));
  const auto down = await(health.check());
  database.outcome = {};
  const auto up = await(health.check());

  EXPECT_EQ(down->lines[0].since, begin + std::chrono::seconds(10));
  EXPECT_EQ(up->lines[0].since, begin + std::chrono::seconds(20));
  EXPECT_TRUE(up->isReady);
  EXPECT_TRUE(up->lines[0].reason.isEmpty());
}

}  // namespace gx::test
