// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/serving.h"

#include <QCoreApplication>
#include <cstdio>

#include "core/base/launch.h"
#include "core/base/logging.h"
#include "server/main/commands.h"
#include "server/main/process_setup.h"
#include "server/main/relay.h"
#include "server/main/shutdown.h"

namespace gx::server {

namespace {

int exitCodeOf(const Error &error) {
  return error.kind == ErrorKind::Locked ? kExitLocked : kExitFailed;
}

int refuseToStart(const Error &error) {
  std::fprintf(stderr, "gx-relay: %s\n", error.detail.constData());
  return exitCodeOf(error);
}

void announceReady(const Relay &relay, const config::Config &config) {
  std::printf("ready api=%s ops=%s\n", relay.network().apiAddress().constData(),
              relay.network().opsAddress().constData());
  std::fflush(stdout);
  qCInfo(lcServer, "serving %s%s, registration %s, data in %s", config.environment.constData(),
         config.isDemo ? " as a demo" : "", config::toText(config.registration), qUtf8Printable(config.dataFolder));
}

}  // namespace

int serve(const config::Config &config) {
  SystemClock clock;
  OsRandom random;
  auto relay = Relay::open(config, clock, random);
  if (!relay) return refuseToStart(relay.error());
  const Shutdown shutdown(**relay, clock);
  QObject context;
  const auto started = [&](const Result<> &outcome) {
    if (outcome) return announceReady(**relay, config);
    QCoreApplication::exit(refuseToStart(outcome.error()));
  };
  // From inside the event loop: exit() does nothing before it runs.
  QMetaObject::invokeMethod(&context, [&] { launch(&context, (*relay)->start(), started); }, Qt::QueuedConnection);
  return QCoreApplication::exec();
}

}  // namespace gx::server
