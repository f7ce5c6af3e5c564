// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/line_source.h"

#include <unistd.h>

#include <QSocketNotifier>
#include <cerrno>
#include <utility>

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
    give(one);
  }
  if (m_rest.size() <= kMaxLine) return;
  m_rest.clear();
  m_isPassing = true;
}

void LineSource::give(const QByteArray &one) {
  if (std::exchange(m_isPassing, false) || one.size() > kMaxLine)
    Q_EMIT tooLong();
  else
    Q_EMIT line(one);
}

void LineSource::end() {
  m_notifier->setEnabled(false);
  if (!m_rest.isEmpty() || m_isPassing) give(m_rest);
  m_rest.clear();
  Q_EMIT ended();
}

}  // namespace gx::cli
