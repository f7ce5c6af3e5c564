// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/commands.h"

#include <cstdio>

#include "server/admin/doctor.h"
#include "server/admin/migrate.h"
#include "server/main/relay_network.h"
#include "server/main/serving.h"
#include "server/sql/sql_migrations.h"

namespace gx::server {

namespace {

void say(const QByteArray &text) {
  std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
  std::fflush(stdout);
}

int failWith(int code, const QByteArray &text) {
  std::fprintf(stderr, "gx-relay: %s\n", QByteArray(text).replace("\n", "\ngx-relay: ").constData());
  return code;
}

int migrate(const CommandLine &line, const config::Config &config) {
  if (line.printsSql) {
    say(sql::SqlMigrations::printSql());
    return kExitDone;
  }
  SystemClock clock;
  const auto migrated = admin::migrateStore(config, clock);
  if (!migrated)
    return failWith(migrated.error().kind == ErrorKind::Locked ? kExitLocked : kExitFailed, migrated.error().detail);
  say(*migrated + '\n');
  return kExitDone;
}

int doctor(const Result<config::Config> &config) {
  const auto findings = admin::Doctor(config, &checkCertificate).examine();
  for (const admin::Finding &finding : findings) say(finding.toText() + '\n');
  return admin::isHealthy(findings) ? kExitDone : kExitFailed;
}

int runWithConfig(const CommandLine &line) {
  config::SettingSources sources;
  sources.file = line.configFile;
  sources.environment = config::SettingSources::processEnvironment();
  sources.commandLine = line.settings;
  const auto config = config::Config::load(sources);
  if (line.verb == CommandLine::Verb::Doctor) return doctor(config);
  if (!config) return failWith(kExitUsage, config.error().detail);
  if (line.verb == CommandLine::Verb::Migrate) return migrate(line, *config);
  if (line.verb == CommandLine::Verb::Serve) return serve(*config);
  say(config->printed);
  return kExitDone;
}

}  // namespace

int runCommand(const QList<QByteArray> &arguments) {
  const auto line = CommandLine::parse(arguments);
  if (!line) return failWith(kExitUsage, line.error().detail + "\nsee gx-relay --help");
  switch (line->verb) {
    case CommandLine::Verb::Help:
      say(CommandLine::help());
      return kExitDone;
    case CommandLine::Verb::Version:
      say("gx-relay " GX_VERSION "\n");
      return kExitDone;
    default:
      return runWithConfig(*line);
  }
}

}  // namespace gx::server
