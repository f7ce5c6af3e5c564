// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/output.h"

#include <unistd.h>

#include <QJsonDocument>
#include <cstdio>

#include "ui/text/error_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

void writeLine(std::FILE *file, const QByteArray &line) {
  std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), file);
  std::fputc('\n', file);
  std::fflush(file);
}

}  // namespace

Output::Output(bool json)
    : m_json(json), m_colours(!json && isatty(STDOUT_FILENO) == 1 && !qEnvironmentVariableIsSet("NO_COLOR")) {}

void Output::say(const QString &line) {
  if (!m_json) writeLine(stdout, line.toUtf8());
}

void Output::event(const char *type, QJsonObject members) {
  if (!m_json) return;
  members[u"type"] = QLatin1String(type);
  writeLine(stdout, QJsonDocument(members).toJson(QJsonDocument::Compact));
}

void Output::note(const QString &line) {
  writeLine(stderr, line.toUtf8());
}

void Output::problem(const Error &error) {
  const text::ErrorText words = text::errorText(error);
  const QString detail = error.code == "usage" || error.code == "profile_in_use"
                             ? u" ("_s + QString::fromUtf8(error.detail) + u')'
                             : QString();
  note(u"gx-cli: "_s + words.what + detail + (words.remedy.isEmpty() ? QString() : u' ' + words.remedy));
  QJsonObject members;
  members[u"kind"] = QLatin1String(name(error.kind));
  members[u"code"] = QString::fromUtf8(error.code);
  members[u"what"] = words.what;
  members[u"remedy"] = words.remedy;
  if (error.code == "profile_in_use") members[u"holder"] = QString::fromUtf8(error.detail);
  event("error", members);
}

QString Output::dim(const QString &text) const {
  return m_colours ? u"\x1b[2m"_s + text + u"\x1b[0m"_s : text;
}

QString Output::bold(const QString &text) const {
  return m_colours ? u"\x1b[1m"_s + text + u"\x1b[0m"_s : text;
}

}  // namespace gx::cli
