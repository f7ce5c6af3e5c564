// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <span>

namespace gx::server::config {

enum class SettingKind { Text, Path, Flag, Choice, Listen, Whole, Fraction, List };

// One setting: its name in the file, and in the environment with GX_ before it in capitals.
struct Setting {
  const char *name;
  SettingKind kind;
  const char *fallback;      // "" where it depends on other settings; then `about` says how
  const char *about;         // one line for people
  const char *choices = "";  // Choice: words with blanks between them
  double least = 0;          // Whole, Fraction
  double most = 0;
  bool isSecret = false;  // never printed; may come from a file named by GX_…_FILE
};

// All settings, in the order they are printed.
[[nodiscard]] std::span<const Setting> settingTable();
[[nodiscard]] const Setting *findSetting(QByteArrayView name);

// The known name a mistyped one most likely stands for, empty if none is near.
[[nodiscard]] QByteArray nearestSettingName(QByteArrayView name);

// "GX_OPS_LISTEN".
[[nodiscard]] QByteArray environmentName(const Setting &setting);

// Null when the value fits the setting, else what is wrong with it, without the value.
[[nodiscard]] QByteArray refusalOf(const Setting &setting, const QByteArray &value);

}  // namespace gx::server::config
