// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace gx::text {

using namespace Qt::StringLiterals;

QString timeText(WallTime time, WallTime now) {
  const QDateTime when = QDateTime::fromMSecsSinceEpoch(toMillis(time));
  const qint64 days = when.date().daysTo(QDateTime::fromMSecsSinceEpoch(toMillis(now)).date());
  const QString clock = when.toString(u"HH:mm"_s);
  if (days == 0) return clock;
  if (days == 1) return QCoreApplication::translate("TimeText", "yesterday %1").arg(clock);
  if (days > 1 && days < 7) return QLocale().dayName(when.date().dayOfWeek(), QLocale::ShortFormat) + u' ' + clock;
  return when.toString(u"yyyy-MM-dd HH:mm"_s);
}

QString untilText(WallTime time, WallTime now) {
  const qint64 seconds = (toMillis(time) - toMillis(now) + 999) / 1000;
  if (seconds <= 0) return QCoreApplication::translate("TimeText", "now");
  if (seconds < 120) return QCoreApplication::translate("TimeText", "in %1 s").arg(seconds);
  return QCoreApplication::translate("TimeText", "in %1 min").arg((seconds + 59) / 60);
}

}  // namespace gx::text
