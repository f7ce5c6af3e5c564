// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/listener.h"

#include <unistd.h>

#include <QJsonDocument>
#include <map>

#include "app/cli/line_source.h"
#include "app/cli/message_lines.h"
#include "app/cli/message_verbs.h"
#include "app/cli/stop_signal.h"
#include "ui/text/error_text.h"
#include "ui/text/message_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = messenger::Connection::State;

namespace {

const char *stateWord(State state) {
  switch (state) {
    case State::Offline:
      return "offline";
    case State::Connecting:
      return "connecting";
    case State::Online:
      return "online";
    case State::Waiting:
      return "waiting";
    case State::Stopped:
      return "stopped";
  }
  return "offline";
}

std::optional<MessageVerb> messageVerb(const QString &verb) {
  static const std::map<QString, MessageVerb> kVerbs{{u"send"_s, MessageVerb::Send},
                                                     {u"reply"_s, MessageVerb::Reply},
                                                     {u"edit"_s, MessageVerb::Edit},
                                                     {u"delete"_s, MessageVerb::Delete},
                                                     {u"react"_s, MessageVerb::React}};
  const auto found = kVerbs.find(verb);
  if (found == kVerbs.end()) return std::nullopt;
  return found->second;
}

QStringList wordsOf(MessageVerb verb, const QJsonObject &command) {
  const QString id = command[u"id"_s].toString();
  const QString text = command[verb == MessageVerb::React ? u"emoji"_s : u"text"_s].toString();
  if (verb == MessageVerb::Send) return {text};
  if (verb == MessageVerb::Delete) return {id};
  return {id, text};
}

}  // namespace

Listener::Listener(CliSession &cli) : m_cli(cli) {
  connectEvents();
}

QCoro::Task<> Listener::run() {
  const std::function<bool()> stopped = [this] { return m_isStopping; };
  while (!m_isStopping) static_cast<void>(co_await m_cli.waitUntil(stopped, 24h));
}

QCoro::Task<> Listener::close() {
  m_cli.session().inbox().disconnect(this);
  m_cli.session().disconnect(this);
  m_cli.session().typing().disconnect(this);
  co_await m_scope.drained();
}

void Listener::stop() {
  m_isStopping = true;
  m_cli.wake();
}

void Listener::takeCommand(const QByteArray &line) {
  if (line.trimmed().isEmpty() || m_isStopping) return;
  const QJsonDocument document = QJsonDocument::fromJson(line);
  if (!document.isObject())
    return answerError({}, Error{ErrorKind::Invalid, "a command is one JSON object a line", "usage"});
  m_scope.spawn(obey(document.object()));
}

void Listener::connectEvents() {
  messenger::AccountSession &session = m_cli.session();
  connect(&session.inbox(), &messenger::Inbox::messageArrived, this,
          [this](const ConversationId &c, const vault::MessageRef &m) { m_scope.spawn(showMessage(c, m, "message")); });
  connect(&session, &messenger::AccountSession::messageChanged, this,
          [this](const ConversationId &c, const vault::MessageRef &m) { m_scope.spawn(showMessage(c, m, "changed")); });
  connect(&session.inbox(), &messenger::Inbox::storeFailed, this, &Listener::showStoreProblem);
  connect(&session.outbox(), &messenger::Outbox::delayed, this, &Listener::showDelay);
  connect(&session.connection(), &messenger::Connection::stateChanged, this, &Listener::showConnection);
  connect(&session.typing(), &messenger::Typing::changed, this,
          [this](const ConversationId &, const UserId &u, bool is) { m_scope.spawn(showTyping(u, is)); });
  connect(&session.inbox(), &messenger::Inbox::distrusted, this,
          [this](const UserId &user) { m_scope.spawn(showAlarm(user)); });
  connect(&session, &messenger::AccountSession::linkRequested, this, [this](DeviceId device) {
    m_cli.output().note(u"A device waits for approval:  gx-cli devices approve "_s + QString::number(device.value));
    m_cli.output().event("link_request", {{u"device_id"_s, static_cast<qint64>(device.value)}});
  });
  connect(&session.connection(), &messenger::Connection::signedOut, this, [this](const Error &reason) {
    m_cli.output().problem(reason);
    stop();
  });
}

QCoro::Task<> Listener::showMessage(ConversationId conversation, vault::MessageRef message, const char *type) {
  const bool isChange = qstrcmp(type, "changed") == 0;
  if (!isChange) m_storeProblem.clear();
  if (isChange && !m_cli.output().isJson()) co_return;  // people see ticks in history and chat
  const auto details = co_await m_cli.session().conversations().find(conversation, message.id);
  if (!details || !details->has_value()) co_return;
  static_cast<void>(co_await printMessage(m_cli, (*details)->line.message, type));
}

QCoro::Task<> Listener::showTyping(UserId user, bool isTyping) {
  const auto who = co_await m_cli.nameOf(user);
  if (!who) co_return;
  m_cli.output().event("typing", {{u"from"_s, *who}, {u"active"_s, isTyping}});
}

void Listener::showConnection() {
  const messenger::Connection &connection = m_cli.session().connection();
  QJsonObject members;
  members[u"state"_s] = QLatin1String(stateWord(connection.state()));
  if (connection.state() == State::Waiting || connection.state() == State::Stopped) {
    members[u"reason"_s] = text::errorLine(connection.reason());
    members[u"retry_at"_s] = toMillis(connection.waitingUntil());
    m_cli.output().note(u"Offline: "_s + text::errorLine(connection.reason()));
  }
  if (connection.state() == State::Online) m_cli.output().note(u"Online."_s);
  m_cli.output().event("connection", members);
}

// Somebody's own device told of another device list than ours.
QCoro::Task<> Listener::showAlarm(UserId user) {
  const auto name = co_await m_cli.nameOf(user);
  const auto alarm = co_await m_cli.session().safety().alarm(user);
  if (!name || !alarm || !alarm->has_value()) co_return;
  m_cli.output().note(text::harmless(*name) + u": "_s + text::errorLine(**alarm));
  QJsonObject members;
  members[u"account"_s] = *name;
  members[u"reason"_s] = QString::fromUtf8((*alarm)->code);
  m_cli.output().event("trust_broken", members);
}

// The inbox tries again every few seconds; once is enough for people.
void Listener::showStoreProblem(const Error &reason) {
  if (reason.code == m_storeProblem) return;
  m_storeProblem = reason.code;
  m_cli.output().problem(reason);
}

void Listener::showDelay(const ClientMessageId &id, const Error &reason) {
  QJsonObject members;
  members[u"id"_s] = QString::fromLatin1(toText(id));
  members[u"kind"_s] = QLatin1String(name(reason.kind));
  members[u"code"_s] = QString::fromUtf8(reason.code);
  members[u"what"_s] = text::errorLine(reason);
  m_cli.output().event("delayed", members);
}

void Listener::refuseCommand() {
  answerError({}, {ErrorKind::TooLarge, "a command has at most 256 KiB", "too_large"});
}

QCoro::Task<> Listener::obey(QJsonObject command) {
  const auto result = co_await execute(command);
  if (!result) {
    answerError(command, result.error());
    co_return;
  }
  QJsonObject answer = *result;
  answer[u"ref"_s] = command[u"ref"_s];
  m_cli.output().event("result", answer);
}

Async<QJsonObject> Listener::execute(QJsonObject command) {
  const QString verb = command[u"verb"_s].toString();
  QJsonObject done;
  if (verb == "quit"_L1) {
    stop();
    co_return done;
  }
  if (verb == "connect"_L1) {
    m_cli.session().connection().retryNow();
    co_return done;
  }
  const auto message = messageVerb(verb);
  if (!message && verb != "read"_L1 && verb != "typing"_L1) co_return fail(ErrorKind::Invalid, "unknown verb", "usage");
  const auto conversation = co_await m_cli.conversationWith(command[u"who"_s].toString());
  if (!conversation) co_return tl::unexpected(conversation.error());
  if (verb == "read"_L1) co_return co_await markRead(*conversation);
  if (verb == "typing"_L1) {
    m_cli.session().typing().setOwn(*conversation, command[u"active"_s].toBool());
    co_return done;
  }
  auto content = co_await contentOf(m_cli, *message, *conversation, wordsOf(*message, command));
  if (!content) co_return tl::unexpected(content.error());
  const auto change = co_await m_cli.session().outbox().send(*conversation, std::move(*content));
  if (!change) co_return tl::unexpected(change.error());
  done[u"id"_s] = QString::fromLatin1(toText(change->id));
  co_return done;
}

Async<QJsonObject> Listener::markRead(ConversationId conversation) {
  vault::PageRequest request;
  request.limit = 1;
  const auto page = co_await m_cli.session().conversations().history(conversation, request);
  if (!page) co_return tl::unexpected(page.error());
  QJsonObject done;
  if (page->messages.empty()) co_return done;
  const auto read = co_await m_cli.session().conversations().markRead(conversation, page->messages.back().key);
  if (!read) co_return tl::unexpected(read.error());
  done[u"read"_s] = static_cast<qint64>(read->changed.size());
  co_return done;
}

void Listener::answerError(const QJsonObject &command, const Error &error) {
  QJsonObject answer;
  answer[u"ref"_s] = command[u"ref"_s];
  answer[u"kind"_s] = QLatin1String(name(error.kind));
  answer[u"code"_s] = QString::fromUtf8(error.code);
  answer[u"what"_s] = text::errorLine(error);
  m_cli.output().event("error", answer);
}

Async<ExitCode> runListen(CliSession &cli) {
  StopSignal stopSignal;  // before any thread starts: each inherits that it leaves these signals to us
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  Listener listener(cli);
  std::unique_ptr<LineSource> input;
  QObject::connect(&stopSignal, &StopSignal::received, &listener, &Listener::stop);
  const auto online = co_await cli.connectAccount();
  if (!online) co_await listener.close();
  if (!online) co_return tl::unexpected(online.error());
  if (cli.output().isJson()) {
    input = std::make_unique<LineSource>(STDIN_FILENO);
    QObject::connect(input.get(), &LineSource::line, &listener, &Listener::takeCommand);
    QObject::connect(input.get(), &LineSource::tooLong, &listener, &Listener::refuseCommand);
  }
  co_await listener.run();
  co_await cli.flush(5s);
  co_await listener.close();
  co_return kOk;
}

}  // namespace gx::cli
