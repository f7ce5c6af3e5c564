// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/program.h"

#include <map>

#include "app/cli/chat_screen.h"
#include "app/cli/check_verb.h"
#include "app/cli/conversation_verbs.h"
#include "app/cli/device_verbs.h"
#include "app/cli/listener.h"
#include "app/cli/message_verbs.h"
#include "app/cli/sign_in_verbs.h"
#include "app/cli/verbs.h"
#include "core/base/launch.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

using Run = Async<ExitCode> (*)(CliSession &);

Run runOf(const QString &verb) {
  static const std::map<QString, Run> kRuns{
      {u"register"_s, runRegister}, {u"login"_s, runLogin},   {u"logout"_s, runLogout},
      {u"whoami"_s, runWhoami},     {u"send"_s, runSend},     {u"reply"_s, runReply},
      {u"edit"_s, runEdit},         {u"delete"_s, runDelete}, {u"react"_s, runReact},
      {u"listen"_s, runListen},     {u"chat"_s, runChat},     {u"conversations"_s, runConversations},
      {u"history"_s, runHistory},   {u"safety"_s, runSafety}, {u"devices"_s, runDevices},
      {u"check"_s, runCheck}};
  const auto found = kRuns.find(verb);
  return found == kRuns.end() ? nullptr : found->second;
}

}  // namespace

Program::Program(QStringList arguments) : m_arguments(std::move(arguments)) {}

Program::~Program() = default;

void Program::start() {
  launch(this, run(), [this](int code) { Q_EMIT finished(code); });
}

std::optional<ExitCode> Program::answerAtOnce(const CommandLine &line) {
  if (line.version) {
    m_output->say(u"gx-cli "_s + QLatin1String(GX_VERSION));
    m_output->event("version", {{u"version"_s, QLatin1String(GX_VERSION)}});
    return kOk;
  }
  if (line.help) {
    m_output->say(helpText());
    return kOk;
  }
  const VerbInfo *verb = findVerb(line.verb);
  const qsizetype count = line.arguments.size();
  if (!verb) {
    m_output->note(line.verb.isEmpty() ? helpText() : u"gx-cli: there is no verb '"_s + line.verb + u"'; see --help"_s);
    return kUsage;
  }
  if (count < verb->least || count > verb->most) {
    m_output->note(u"usage: gx-cli --profile DIR "_s + QLatin1String(verb->name) + u' ' +
                   QString::fromUtf8(verb->arguments));
    return kUsage;
  }
  if (line.profile.isEmpty() && line.verb != "check"_L1) {
    m_output->note(u"gx-cli: --profile DIR names the folder of this account"_s);
    return kUsage;
  }
  return std::nullopt;
}

QCoro::Task<int> Program::run() {
  auto line = parseCommandLine(m_arguments);
  m_output = std::make_unique<Output>(line ? line->json : m_arguments.contains(u"--json"_s));
  if (!line) {
    m_output->note(u"gx-cli: "_s + QString::fromUtf8(line.error().detail) + u"; see --help"_s);
    co_return kUsage;
  }
  if (const auto code = answerAtOnce(*line)) co_return *code;
  const Run run = runOf(line->verb);
  m_cli = std::make_unique<CliSession>(std::move(*line), *m_output, m_clock, m_random);
  const auto result = co_await run(*m_cli);
  if (!result) m_output->problem(result.error());
  const int code = result ? *result : result.error().code == "usage" ? kUsage : exitCodeOf(result.error());
  co_await m_cli->close();
  co_return code;
}

}  // namespace gx::cli
