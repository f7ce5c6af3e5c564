// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonObject>
#include <QString>

#include "core/base/error.h"

namespace gx::cli {

// Words for a terminal, or one JSON object a line for programs (--json). Results go to standard output, what a person
// should know besides to standard error.
class Output final {
 public:
  explicit Output(bool json);

  [[nodiscard]] bool isJson() const { return m_json; }
  // Standard output, for people; nothing with --json.
  void say(const QString &line);
  // Standard output, for programs; nothing without --json.
  void event(const char *type, QJsonObject members);
  // Standard error, for people in both modes.
  void note(const QString &line);
  void problem(const Error &error);

  // Colours only on a terminal, and not where NO_COLOR is set.
  [[nodiscard]] QString dim(const QString &text) const;
  [[nodiscard]] QString bold(const QString &text) const;

 private:
  bool m_json;
  bool m_colours;
};

}  // namespace gx::cli
