// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QCoreApplication>

#include "core/base/logging.h"
#include "server/main/commands.h"
#include "server/main/process_setup.h"

int main(int argc, char **argv) {
  gx::server::setUpProcess();
  gx::installLogPattern();
  const QCoreApplication app(argc, argv);
  QList<QByteArray> arguments;
  for (int i = 1; i < argc; ++i) arguments.append(argv[i]);
  return gx::server::runCommand(arguments);
}
