// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <array>
#include <chrono>
#include <initializer_list>
#include <utility>

namespace gx::server::http {

// Counts durations in fixed buckets, for metrics. One thread.
class DurationHistogram final {
 public:
  static constexpr std::array<double, 12> kBounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                  0.05,   0.1,   0.25,   0.5,   1,    5};  // seconds

  void add(std::chrono::nanoseconds duration);
  [[nodiscard]] quint64 countUpTo(std::size_t bucket) const;  // of kBounds
  [[nodiscard]] quint64 count() const { return m_count; }
  [[nodiscard]] double sum() const { return m_sum; }  // seconds

 private:
  std::array<quint64, kBounds.size()> m_buckets{};
  quint64 m_count = 0;
  double m_sum = 0;
};

// Writes the text format of Prometheus.
class MetricsText final {
 public:
  using Label = std::pair<QByteArray, QByteArray>;

  // The lines with help and type; series of this name follow.
  MetricsText &counter(QByteArrayView name, QByteArrayView help) { return head(name, help, "counter"); }
  MetricsText &gauge(QByteArrayView name, QByteArrayView help) { return head(name, help, "gauge"); }
  MetricsText &value(double number, std::initializer_list<Label> labels = {});
  void histogram(QByteArrayView name, QByteArrayView help, const DurationHistogram &durations);

  [[nodiscard]] const QByteArray &text() const { return m_text; }

 private:
  MetricsText &head(QByteArrayView name, QByteArrayView help, QByteArrayView type);
  void line(QByteArrayView suffix, double number, std::initializer_list<Label> labels);

  QByteArray m_text;
  QByteArray m_name;
};

}  // namespace gx::server::http
