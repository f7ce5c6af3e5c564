// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/password_rules.h"

#include <QSet>
#include <QString>
#include <algorithm>

#include "core/wire/limits.h"
#include "core/wire/utf8.h"
#include "server/services/common_passwords.h"

namespace gx::server::services {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestPassword = 4096;  // bytes, before composing

tl::unexpected<Error> badPassword(const char *why) {
  return fail(ErrorKind::Invalid, why, "invalid_password");
}

bool isOneCharacter(const QList<uint> &codePoints) {
  return std::ranges::all_of(codePoints, [&](uint each) { return each == codePoints.first(); });
}

// "abcdefghijkl", "123456789012", and backwards.
bool isRun(const QList<uint> &codePoints) {
  for (const int step : {1, -1}) {
    bool follows = true;
    for (qsizetype i = 1; i < codePoints.size() && follows; ++i) {
      const auto before = qint64(codePoints[i - 1]);
      const bool wraps = step == 1 && before == '9' && codePoints[i] == '0';
      follows = qint64(codePoints[i]) == before + step || wraps;
    }
    if (follows) return true;
  }
  return false;
}

bool isCommon(const QString &password) {
  static const QSet<QString> common = [] {
    QSet<QString> set;
    for (const char *each : kCommonPasswords) set.insert(QString::fromLatin1(each));
    return set;
  }();
  return common.contains(password.toLower());
}

}  // namespace

Result<QByteArray> normalPassword(QByteArrayView password) {
  if (password.size() > kLongestPassword) return badPassword("too long");
  if (!wire::isUtf8(password) || password.contains('\0')) return badPassword("not text");
  return QString::fromUtf8(password).normalized(QString::NormalizationForm_C).toUtf8();
}

Result<QByteArray> acceptablePassword(QByteArrayView password) {
  auto normal = normalPassword(password);
  if (!normal) return normal;
  const QString text = QString::fromUtf8(*normal);
  const QList<uint> codePoints = text.toUcs4();
  if (codePoints.size() < wire::limits::kPasswordMinCodePoints) return badPassword("shorter than 12 characters");
  if (codePoints.size() > wire::limits::kPasswordMaxCodePoints) return badPassword("longer than 128 characters");
  if (isOneCharacter(codePoints) || isRun(codePoints) || isCommon(text)) return badPassword("too easy to guess");
  return normal;
}

}  // namespace gx::server::services
