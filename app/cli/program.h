// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <memory>

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// One run of gx-cli: words to verb, verb to exit code.
class Program final : public QObject {
  Q_OBJECT
 public:
  explicit Program(QStringList arguments);
  ~Program() override;

  // The exit code, told through finished() once the event loop runs.
  void start();

 Q_SIGNALS:
  void finished(int exitCode);

 private:
  [[nodiscard]] std::optional<ExitCode> answerAtOnce(const CommandLine &line);
  QCoro::Task<int> run();

  QStringList m_arguments;
  SystemClock m_clock;
  OsRandom m_random;
  std::unique_ptr<Output> m_output;
  std::unique_ptr<CliSession> m_cli;
};

}  // namespace gx::cli
