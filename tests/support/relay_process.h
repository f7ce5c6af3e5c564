// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "tests/support/child_process.h"

namespace gx::test {

// A real gx-relay as a child, on free ports, its store in a folder of the test's.
class RelayProcess final {
 public:
  struct Options {
    QString folder;             // --data
    QStringList arguments{};    // further ones: "--demo"
    QStringList environment{};  // "GX_RATE_SCALE=1000"
    quint16 apiPort = 0;        // 0: a free one
    quint16 opsPort = 0;
  };
  // Waits until it serves.
  explicit RelayProcess(Options options);

  [[nodiscard]] quint16 apiPort() const { return m_options.apiPort; }
  [[nodiscard]] quint16 opsPort() const { return m_options.opsPort; }
  [[nodiscard]] QString url() const;  // "http://127.0.0.1:40123"
  [[nodiscard]] ChildProcess &process() { return *m_process; }

  // SIGTERM; the exit code.
  int stop();
  // SIGKILL.
  void kill();
  // Again, on the same ports and folder. After stop() or kill().
  void start();

  // gx-relay with any arguments, not waited for.
  [[nodiscard]] static std::unique_ptr<ChildProcess> run(const QStringList &arguments,
                                                         const QStringList &environment = {});

 private:
  Options m_options;
  std::unique_ptr<ChildProcess> m_process;
};

}  // namespace gx::test
