// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <utility>

#include "core/base/result.h"

namespace gx::server {

// What gx-relay was asked to do.
struct CommandLine {
  enum class Verb { Serve, Migrate, PrintConfig, Doctor, Version, Help };

  Verb verb = Verb::Help;
  QString configFile{};
  QList<std::pair<QByteArray, QByteArray>> settings{};  // setting name, value, in the order they were given
  bool printsSql = false;                               // migrate --print-sql

  // Without the program's name. Invalid, with a line for the user, for what is not in the help.
  [[nodiscard]] static Result<CommandLine> parse(const QList<QByteArray> &arguments);
  [[nodiscard]] static QByteArray help();
};

}  // namespace gx::server
