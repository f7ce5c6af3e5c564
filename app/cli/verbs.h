// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <QStringList>
#include <span>

namespace gx::cli {

// One verb of gx-cli: its words and its help.
struct VerbInfo {
  const char *name;
  const char *arguments;  // "WHO TEXT"
  int least;
  int most;
  const char *help;
};

[[nodiscard]] std::span<const VerbInfo> allVerbs();
[[nodiscard]] const VerbInfo *findVerb(const QString &name);
// The whole of --help: verbs, options, exit codes.
[[nodiscard]] QString helpText();

}  // namespace gx::cli
