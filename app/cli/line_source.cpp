// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/line_source.h"

#include <unistd.h>

#include <QSocketNotifier>
#include <cerrno>

namespace gx::cli {

namespace {
constexpr qsizetype kMaxLine = 256 * 1024;
}

LineSource::LineSource(int descriptor)
    : m_descriptor(descriptor), m_notifier(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read)) {
  connect(m_notifier.get(), &QSocketNotifier::activated, this, &LineSource::readSome);
}

LineSource::~LineSource() = default;

void LineSource::readSome() {
  char buffer[8192];
  const ssize_t got = read(m_descriptor, buffer, sizeof buffer);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) return end();
  m_rest.append(buffer, got);
  for (qsizetype at = m_rest.indexOf('\n'); at >= 0; at = m_rest.indexOf('\n')) {
    const QByteArray one = m_rest.left(at);
    m_rest.remove(0, at + 1);
    Q_EMIT line(one);
  }
  if (m_rest.size() > kMaxLine) end();
}

void LineSource::end() {
  m_notifier->setEnabled(false);
  if (!m_rest.isEmpty() && m_rest.size() <= kMaxLine) Q_EMIT line(m_rest);
  m_rest.clear();
  Q_EMIT ended();
}

}  // namespace gx::cli
