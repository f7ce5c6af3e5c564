// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/metrics_text.h"

#include <gtest/gtest.h>

namespace gx::server::http {

TEST(MetricsText, WritesCountersAndGauges) {
  MetricsText out;

  out.counter("a_total", "what it counts").value(3).value(2.5, {{"side", "left"}, {"kind", "x\"y\\z\n"}});
  out.gauge("b", "a gauge").value(-1);

  EXPECT_EQ(out.text(),
            "# HELP a_total what it counts\n# TYPE a_total counter\na_total 3\n"
            "a_total{side=\"left\",kind=\"x\\\"y\\\\z\\n\"} 2.5\n"
            "# HELP b a gauge\n# TYPE b gauge\nb -1\n");
}

TEST(MetricsText, WritesHistogramsCumulatively) {
  DurationHistogram durations;
  durations.add(std::chrono::microseconds(100));
  durations.add(std::chrono::milliseconds(2));
  durations.add(std::chrono::seconds(60));

  MetricsText out;
  out.histogram("d_seconds", "durations", durations);

  EXPECT_TRUE(out.text().contains("d_seconds_bucket{le=\"0.0005\"} 1\n")) << out.text().constData();
  EXPECT_TRUE(out.text().contains("d_seconds_bucket{le=\"0.001\"} 1\n"));
  EXPECT_TRUE(out.text().contains("d_seconds_bucket{le=\"0.0025\"} 2\n"));
  EXPECT_TRUE(out.text().contains("d_seconds_bucket{le=\"5\"} 2\n"));
  EXPECT_TRUE(out.text().contains("d_seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_TRUE(out.text().contains("d_seconds_count 3\n"));
  EXPECT_TRUE(out.text().contains("d_seconds_sum 60.0021\n"));
}

}  // namespace gx::server::http
