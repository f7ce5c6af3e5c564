// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/metrics_text.h"

#include <cmath>

namespace gx::server::http {

namespace {

QByteArray metricNumber(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return QByteArray::number(static_cast<qint64>(number));
  return QByteArray::number(number, 'g', 12);
}

QByteArray labelText(QByteArray value) {
  return value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

}  // namespace

MetricsText &MetricsText::value(double number, std::initializer_list<Label> labels) {
  line({}, number, labels);
  return *this;
}

void MetricsText::histogram(QByteArrayView name, QByteArrayView help, const DurationHistogram &durations) {
  head(name, help, "histogram");
  for (std::size_t i = 0; i < DurationHistogram::kBounds.size(); ++i)
    line("_bucket", static_cast<double>(durations.countUpTo(i)), {{"le", metricNumber(DurationHistogram::kBounds[i])}});
  line("_bucket", static_cast<double>(durations.count()), {{"le", "+Inf"}});
  line("_sum", durations.sum(), {});
  line("_count", static_cast<double>(durations.count()), {});
}

MetricsText &MetricsText::head(QByteArrayView name, QByteArrayView help, QByteArrayView type) {
  m_name = name.toByteArray();
  m_text += "# HELP " + m_name + ' ' + help.toByteArray() + "\n# TYPE " + m_name + ' ' + type.toByteArray() + '\n';
  return *this;
}

void MetricsText::line(QByteArrayView suffix, double number, std::initializer_list<Label> labels) {
  m_text += m_name + suffix.toByteArray();
  char separator = '{';
  for (const auto &[name, value] : labels) {
    m_text += separator + name + "=\"" + labelText(value) + '"';
    separator = ',';
  }
  if (labels.size() > 0) m_text += '}';
  m_text += ' ' + metricNumber(number) + '\n';
}

}  // namespace gx::server::http
