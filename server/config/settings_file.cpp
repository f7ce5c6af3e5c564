// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/settings_file.h"

#include <QFile>
#include <QHash>
#include <algorithm>

namespace gx::server::config {

namespace {

constexpr qint64 kLargestFile = 64 * 1024;

// What is wrong with a line, empty if nothing; fills `parsed` from a line that sets something.
QByteArray parseLine(const QByteArray &line, SettingLine &parsed) {
  if (std::ranges::any_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }))
    return "control character";
  if (line.startsWith('[')) return "sections are not used here; write the settings one below the other";
  const qsizetype equals = line.indexOf('=');
  if (equals < 0) return "'=' is missing";
  parsed.name = line.first(equals).trimmed();
  parsed.value = line.sliced(equals + 1).trimmed();
  return parsed.name.isEmpty() ? "the name is missing" : "";
}

}  // namespace

Result<QList<SettingLine>> parseSettings(const QByteArray &text, const QByteArray &fileName) {
  QList<SettingLine> lines;
  QHash<QByteArray, int> firstLines;
  QList<QByteArray> errors;
  int number = 0;
  for (const QByteArray &raw : text.split('\n')) {
    ++number;
    const QByteArray line = raw.trimmed();
    if (line.isEmpty() || line.startsWith('#') || line.startsWith(';')) continue;
    SettingLine parsed{{}, {}, number};
    QByteArray error = parseLine(line, parsed);
    if (error.isEmpty() && firstLines.contains(parsed.name))
      error = parsed.name + " was set in line " + QByteArray::number(firstLines.value(parsed.name)) + " already";
    if (!error.isEmpty()) {
      errors.append(fileName + ':' + QByteArray::number(number) + ": " + error);
      continue;
    }
    firstLines.insert(parsed.name, number);
    lines.append(parsed);
  }
  if (!errors.isEmpty()) return fail(ErrorKind::Invalid, errors.join('\n'));
  return lines;
}

Result<QList<SettingLine>> readSettingsFile(const QString &path) {
  QFile file(path);
  const QByteArray name = path.toUtf8();
  if (!file.open(QIODevice::ReadOnly)) return fail(ErrorKind::NotFound, name + ": " + file.errorString().toUtf8());
  if (file.size() > kLargestFile) return fail(ErrorKind::TooLarge, name + ": more than 64 KiB");
  return parseSettings(file.readAll(), name);
}

}  // namespace gx::server::config
