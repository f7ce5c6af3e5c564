// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace gx::cli {

// What was typed, checked against the table of options. Options may stand anywhere; "--" ends them.
struct CommandLine {
  QString profile{};
  QString relay{};
  QString caFile{};
  QString proxy{};
  QString passphraseFile{};
  QString loginFile{};
  QString deviceName{};
  QString invite{};
  QString transport{};  // "", "polling", "websocket"
  QString digits{};     // login, devices approve: what the other device shows
  int limit = 50;       // history
  bool json = false;
  bool yes = false;
  bool everyone = false;
  bool newIdentity = false;
  bool noWait = false;
  bool help = false;
  bool version = false;
  QString verb{};
  QStringList arguments{};
};

// Invalid with words in `detail` that may be shown: the option it did not know, what is missing.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList &words);

}  // namespace gx::cli
