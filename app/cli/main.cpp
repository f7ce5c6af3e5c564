// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <QTimer>
#include <csignal>

#include "app/cli/program.h"
#include "core/base/logging.h"

int main(int argc, char **argv) {
  umask(0077);
  const rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);  // keys lie in memory
  prctl(PR_SET_DUMPABLE, 0);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on files is a full disk, not the end
  gx::installLogPattern();
  if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
    QLoggingCategory::setFilterRules(QStringLiteral("gx.*.info=false"));  // a terminal is for people
  QCoreApplication app(argc, argv);
  QCoreApplication::setApplicationName(QStringLiteral("gx-cli"));
  gx::cli::Program program(QCoreApplication::arguments().mid(1));
  QObject::connect(&program, &gx::cli::Program::finished, &app, [](int code) { QCoreApplication::exit(code); });
  QTimer::singleShot(0, &program, &gx::cli::Program::start);
  return QCoreApplication::exec();
}
