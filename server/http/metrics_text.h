// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <initializer_list>
#include <utility>

#include "core/base/duration_histogram.h"

namespace gx::server::http {

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
