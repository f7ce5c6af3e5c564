// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <unistd.h>

#include <QFile>
#include <cstdio>

#include "tests/support/temp_folder.h"

namespace gx::test {

// One of this process's own streams, turned into a file for as long as this lives.
class CapturedStream final {
 public:
  explicit CapturedStream(std::FILE *stream)
      : m_stream(stream), m_path(m_folder.file(QStringLiteral("stream"))), m_before(dup(fileno(stream))) {
    std::fflush(stream);
    QFile file(m_path);
    if (file.open(QIODevice::WriteOnly)) dup2(file.handle(), fileno(stream));
  }
  ~CapturedStream() {
    std::fflush(m_stream);
    dup2(m_before, fileno(m_stream));
    close(m_before);
  }
  CapturedStream(const CapturedStream &) = delete;
  CapturedStream &operator=(const CapturedStream &) = delete;

  [[nodiscard]] QByteArray text() const {
    std::fflush(m_stream);
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private:
  std::FILE *m_stream;
  TempFolder m_folder;
  QString m_path;
  int m_before;
};

// Standard input as a pipe that a test writes to.
class FedInput final {
 public:
  FedInput() : m_before(dup(STDIN_FILENO)) {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) return;
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    m_end = ends[1];
    std::clearerr(stdin);
  }
  ~FedInput() {
    closes();
    dup2(m_before, STDIN_FILENO);
    close(m_before);
    std::clearerr(stdin);
  }
  FedInput(const FedInput &) = delete;
  FedInput &operator=(const FedInput &) = delete;

  bool gives(const QByteArray &text) {
    return write(m_end, text.constData(), static_cast<size_t>(text.size())) == text.size();
  }
  void closes() {
    if (m_end >= 0) close(m_end);
    m_end = -1;
  }

 private:
  int m_before;
  int m_end = -1;
};

}  // namespace gx::test
