// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/check_verb.h"

#include "app/profile/relay_check.h"
#include "ui/text/error_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using Outcome = net::CheckResult::Outcome;

namespace {

const char *outcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::Ok:
      return "ok";
    case Outcome::Failed:
      return "failed";
    case Outcome::Skipped:
      return "skipped";
  }
  return "skipped";
}

void printCheck(Output &output, const net::CheckResult &result) {
  const QString state = QLatin1String(outcomeName(result.outcome));
  QString line = QString::fromLatin1(result.code) + u"  "_s + state.leftJustified(8) +
                 QString::number(result.duration.count()).rightJustified(6) + u" ms  "_s +
                 QString::fromUtf8(result.detail);
  if (result.outcome == Outcome::Failed) line += u"\n           "_s + text::errorLine(result.error);
  output.say(line);
  QJsonObject members;
  members[u"code"_s] = QString::fromLatin1(result.code);
  members[u"outcome"_s] = state;
  members[u"detail"_s] = QString::fromUtf8(result.detail);
  members[u"milliseconds"_s] = static_cast<qint64>(result.duration.count());
  if (result.outcome == Outcome::Failed) members[u"error"_s] = QString::fromUtf8(result.error.code);
  output.event("check", members);
}

// The token of the profile's account, empty where nobody is signed in.
Async<QByteArray> tokenOf(CliSession &cli) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto restored = co_await cli.session().restore();
  if (!restored) co_return QByteArray();
  const auto token = co_await cli.session().relay().tokens().current();
  co_return token.value_or(QByteArray());
}

}  // namespace

Async<ExitCode> runCheck(CliSession &cli) {
  const CommandLine &line = cli.line();
  QByteArray token;
  app::ProfileFile known;
  if (!line.profile.isEmpty()) {
    const auto found = co_await tokenOf(cli);
    if (!found && found.error().code != "no_profile") co_return tl::unexpected(found.error());
    token = found.value_or(QByteArray());
    if (found) known = cli.profile().file();
  }
  const app::RelayChoice choice{line.relay, line.caFile, line.proxy};
  auto file = known.with(choice);
  if (!file) co_return tl::unexpected(file.error());
  Output &output = cli.output();
  const std::function<void(const net::CheckResult &)> told = [&output](const net::CheckResult &r) {
    printCheck(output, r);
  };
  const auto results = co_await app::RelayCheck::run(std::move(*file), std::move(token), cli.clock(), told);
  if (!results) co_return tl::unexpected(results.error());
  for (const net::CheckResult &result : *results)
    if (result.outcome == Outcome::Failed) co_return kNotReached;
  co_return kOk;
}

}  // namespace gx::cli
