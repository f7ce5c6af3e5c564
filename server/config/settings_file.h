// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"

namespace gx::server::config {

// One line `name = value` of a settings file.
struct SettingLine {
  QByteArray name;
  QByteArray value;
  int line = 0;  // from 1
};

// The lines of a settings file: `name = value`, comments after # or ; at the start of a line, nothing else. Sections,
// names without '=', names set twice and control characters are errors; all of them are told at once, each with
// "file:line: ".
[[nodiscard]] Result<QList<SettingLine>> parseSettings(const QByteArray &text, const QByteArray &fileName);
[[nodiscard]] Result<QList<SettingLine>> readSettingsFile(const QString &path);

}  // namespace gx::server::config
