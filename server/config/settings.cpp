// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/settings.h"

#include <QFile>
#include <QProcessEnvironment>

#include "server/config/settings_file.h"

namespace gx::server::config {

namespace {

// What a file of somebody else's eyes must not hold. Empty if the file is private.
QByteArray refusalOfSecretFile(const QString &path) {
  const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
  if (QFile::permissions(path) & others) return "holds a secret and others may read it; chmod 600 " + path.toUtf8();
  return {};
}

Result<QByteArray> readSecretFile(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return fail(ErrorKind::NotFound, file.errorString().toUtf8());
  if (const QByteArray refusal = refusalOfSecretFile(path); !refusal.isEmpty())
    return fail(ErrorKind::Untrusted, refusal);
  return file.read(4096).trimmed();
}

}  // namespace

QHash<QByteArray, QByteArray> SettingSources::processEnvironment() {
  QHash<QByteArray, QByteArray> variables;
  const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
  for (const QString &name : all.keys())
    if (name.startsWith(QLatin1String("GX_"))) variables.insert(name.toUtf8(), all.value(name).toUtf8());
  return variables;
}

Result<Settings> Settings::load(const SettingSources &sources) {
  Settings settings;
  QList<QByteArray> errors;
  for (const Setting &setting : settingTable()) settings.m_entries.insert(setting.name, {setting.fallback, "default"});
  if (!sources.file.isEmpty()) settings.takeFile(sources.file, errors);
  settings.takeEnvironment(sources.environment, errors);
  for (const auto &[name, value] : sources.commandLine) {
    const Setting *setting = findSetting(name);
    Q_ASSERT(setting);
    settings.take(*setting, {value, "--" + QByteArray(name).replace('_', '-')}, errors);
  }
  if (!errors.isEmpty()) return fail(ErrorKind::Invalid, errors.join('\n'));
  return settings;
}

void Settings::takeFile(const QString &path, QList<QByteArray> &errors) {
  const auto lines = readSettingsFile(path);
  if (!lines) return errors.append(lines.error().detail);
  for (const SettingLine &line : *lines) {
    const QByteArray place = path.toUtf8() + ':' + QByteArray::number(line.line);
    const Setting *setting = findSetting(line.name);
    if (setting == nullptr) {
      const QByteArray nearest = nearestSettingName(line.name);
      errors.append(place + ": unknown setting " + line.name +
                    (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
      continue;
    }
    const QByteArray refusal = setting->isSecret ? refusalOfSecretFile(path) : QByteArray();
    if (!refusal.isEmpty())
      errors.append(place + ": " + setting->name + ": the file " + refusal);
    else
      take(*setting, {line.value, place}, errors);
  }
}

void Settings::takeEnvironment(const QHash<QByteArray, QByteArray> &environment, QList<QByteArray> &errors) {
  for (const Setting &setting : settingTable()) {
    const QByteArray name = environmentName(setting);
    if (environment.contains(name)) take(setting, {environment.value(name), name}, errors);
    const QByteArray fileName = name + "_FILE";
    if (!setting.isSecret || !environment.contains(fileName)) continue;
    if (environment.contains(name)) {
      errors.append(fileName + ": " + name + " is set too; leave one out");
      continue;
    }
    const auto secret = readSecretFile(QString::fromUtf8(environment.value(fileName)));
    if (secret)
      take(setting, {*secret, fileName}, errors);
    else
      errors.append(fileName + ": " + secret.error().detail);
  }
}

void Settings::take(const Setting &setting, const Entry &entry, QList<QByteArray> &errors) {
  const QByteArray refusal = refusalOf(setting, entry.value);
  if (!refusal.isEmpty()) return errors.append(entry.place + ": " + setting.name + ' ' + refusal);
  m_entries.insert(setting.name, entry);
}

QByteArray Settings::value(QByteArrayView name) const {
  const auto entry = m_entries.constFind(name.toByteArray());
  Q_ASSERT(entry != m_entries.cend());
  return entry->value;
}

QByteArray Settings::place(QByteArrayView name) const {
  const auto entry = m_entries.constFind(name.toByteArray());
  Q_ASSERT(entry != m_entries.cend());
  return entry->place;
}

QList<QByteArray> Settings::list(QByteArrayView name) const {
  QList<QByteArray> items;
  for (const QByteArray &item : value(name).split(','))
    if (!item.trimmed().isEmpty()) items.append(item.trimmed());
  return items;
}

QByteArray Settings::print() const {
  QByteArray text;
  for (const Setting &setting : settingTable()) {
    const Entry entry = m_entries.value(setting.name);
    text += "# " + QByteArray(setting.about) + " (" + entry.place + ")\n";
    if (entry.value.isEmpty())
      text += '#' + QByteArray(setting.name) + " =\n";
    else if (setting.isSecret)
      text += '#' + QByteArray(setting.name) + " = (secret, not shown)\n";
    else
      text += QByteArray(setting.name) + " = " + entry.value + '\n';
  }
  return text;
}

}  // namespace gx::server::config
