// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/logging.h"

#include <QByteArray>
#include <QDateTime>
#include <cstdio>

namespace gx {

Q_LOGGING_CATEGORY(lcBase, "gx.core.base", QtInfoMsg)
Q_LOGGING_CATEGORY(lcWire, "gx.core.wire", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCrypto, "gx.core.crypto", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSecrets, "gx.core.secrets", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "gx.core.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcVault, "gx.core.vault", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "gx.core.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcMessenger, "gx.core.messenger", QtInfoMsg)
Q_LOGGING_CATEGORY(lcApp, "gx.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerServices, "gx.server.services", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerSql, "gx.server.sql", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerCache, "gx.server.cache", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerNet, "gx.server.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerHttp, "gx.server.http", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerRealtime, "gx.server.realtime", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServerGateway, "gx.server.gateway", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServer, "gx.server", QtInfoMsg)

namespace {

const char *levelName(QtMsgType type) {
  switch (type) {
    case QtDebugMsg:
      return "debug";
    case QtInfoMsg:
      return "info";
    case QtWarningMsg:
      return "warning";
    case QtCriticalMsg:
      return "critical";
    case QtFatalMsg:
      return "fatal";
  }
  return "info";
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message) {
  QByteArray text;
  for (const char c : message.toUtf8()) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      text += "\\x" + QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(2, '0');
    else
      text += c;
  }
  const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
  std::fprintf(stderr, "%s %s %s: %s\n", time.constData(), levelName(type), context.category, text.constData());
  std::fflush(stderr);
}

}  // namespace

void installLogPattern() {
  qInstallMessageHandler(writeLine);
}

}  // namespace gx
