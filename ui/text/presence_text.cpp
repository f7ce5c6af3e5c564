// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/presence_text.h"

#include <QCoreApplication>

#include "ui/text/time_text.h"

namespace gx::text {

QString presenceText(PresenceWord word, WallTime since, WallTime now) {
  switch (word) {
    case PresenceWord::Online:
      return QCoreApplication::translate("PresenceText", "online");
    case PresenceWord::Away:
      return QCoreApplication::translate("PresenceText", "away");
    case PresenceWord::Offline:
      if (toMillis(since) == 0) return QCoreApplication::translate("PresenceText", "offline");
      return QCoreApplication::translate("PresenceText", "last seen %1").arg(timeText(since, now));
    case PresenceWord::Unknown:
      break;
  }
  return QCoreApplication::translate("PresenceText", "presence not known");
}

}  // namespace gx::text
