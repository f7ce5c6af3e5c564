// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/operations_page.h"

#include <QJsonArray>

#include "tests/server/http/http_fixture.h"

namespace gx::server::http {

namespace {

class FakeProbe final : public domain::HealthProbe {
 public:
  [[nodiscard]] QByteArray name() const override { return "database"; }
  [[nodiscard]] bool isCritical() const override { return true; }
  [[nodiscard]] Async<> check() override {
    if (!isWell) co_return fail(ErrorKind::Unavailable, "secret detail");
    co_return Result<>();
  }
  bool isWell = true;
};

class OperationsPageTest : public ::testing::Test {
 protected:
  SystemClock m_clock;
  FakeProbe m_probe;
  services::Health m_health{m_clock, {&m_probe}};
  OperationsPage m_page{m_health, m_clock};
  ServedHandler m_served{m_page};
  test::RawHttp m_http{m_served.port()};
};

}  // namespace

TEST_F(OperationsPageTest, LivesWhateverTheStoreDoes) {
  m_probe.isWell = false;

  const auto response = m_http.get("/livez");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.value("x-content-type-options"), "nosniff");
}

TEST_F(OperationsPageTest, IsReadyWhenAllProbesAreWell) {
  const auto response = m_http.get("/readyz");

  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.json()[QLatin1String("ready")].toBool());
}

TEST_F(OperationsPageTest, NamesTheProbeThatFailsAndNoMore) {
  m_probe.isWell = false;

  const auto response = m_http.get("/readyz");

  EXPECT_EQ(response.status, 503);
  const QJsonObject check = response.json()[QLatin1String("checks")].toArray().at(0).toObject();
  EXPECT_EQ(check[QLatin1String("name")].toString().toStdString(), "database");
  EXPECT_FALSE(check[QLatin1String("ok")].toBool());
  EXPECT_EQ(check[QLatin1String("reason")].toString().toStdString(), "unavailable");
  EXPECT_FALSE(response.body.contains("secret detail"));
  EXPECT_FALSE(response.body.contains(GX_VERSION));
}

TEST_F(OperationsPageTest, IsNotReadyWhileItDrains) {
  m_page.startDraining();

  const auto response = m_http.get("/readyz");

  EXPECT_EQ(response.status, 503);
  EXPECT_TRUE(response.json()[QLatin1String("draining")].toBool());
}

TEST_F(OperationsPageTest, WritesTheMetricsOfItsSources) {
  m_page.addMetrics([](MetricsText &out) { out.gauge("gx_test", "a test").value(7); });

  const auto response = m_http.get("/metrics");

  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.headers.value("content-type").startsWith("text/plain; version=0.0.4"));
  EXPECT_TRUE(response.body.contains("gx_ready 1\n"));
  EXPECT_TRUE(response.body.contains("gx_health{probe=\"database\"} 1\n"));
  EXPECT_TRUE(response.body.contains("gx_test 7\n"));
}

TEST_F(OperationsPageTest, MeasuresGaugesAndLeavesOutWhatCannotBeHad) {
  m_page.addGauge("gx_waits", "what waits", []() -> Async<double> { co_return 12.0; });
  m_page.addGauge("gx_lost", "what is lost", []() -> Async<double> { co_return fail(ErrorKind::Storage, "disk"); });

  const QByteArray text = m_http.get("/metrics").body;

  EXPECT_TRUE(text.contains("# HELP gx_waits what waits\n# TYPE gx_waits gauge\ngx_waits 12\n")) << text.constData();
  EXPECT_FALSE(text.contains("gx_lost"));
  EXPECT_TRUE(text.contains("gx_ready 1\n"));
}

TEST_F(OperationsPageTest, ShowsAStatusPage) {
  EXPECT_TRUE(m_http.get("/").body.contains("The relay serves."));
  m_probe.isWell = false;
  const auto response = m_http.get("/");
  EXPECT_TRUE(response.body.contains("not ready"));
  EXPECT_TRUE(response.headers.value("content-security-policy").startsWith("default-src 'none'"));
}

TEST_F(OperationsPageTest, ServesNothingElse) {
  EXPECT_EQ(m_http.get("/debug").status, 404);
  EXPECT_EQ(m_http.get("/api/v1/openapi.json").status, 404);
  EXPECT_EQ(m_http.post("/metrics", "").status, 405);
}

}  // namespace gx::server::http
