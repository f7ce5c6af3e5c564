// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/chat_screen.h"

#include <unistd.h>

#include <QSocketNotifier>

#include "app/cli/line_source.h"
#include "app/cli/message_lines.h"
#include "app/cli/message_verbs.h"
#include "app/cli/stop_signal.h"
#include "ui/text/error_text.h"
#include "ui/text/message_text.h"
#include "ui/text/presence_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = messenger::Connection::State;

namespace {

constexpr int kShownLines = 200;

QStringList helpLines() {
  return {u"/reply ID TEXT   /edit ID TEXT   /delete ID   /react ID EMOJI   /safety   /help   /quit"_s,
          u"Page Up and Page Down scroll; Ctrl+D leaves. ID is what stands behind #."_s};
}

text::PresenceWord wordOf(wire::PresenceState state) {
  switch (state) {
    case wire::PresenceState::Online:
      return text::PresenceWord::Online;
    case wire::PresenceState::Away:
      return text::PresenceWord::Away;
    case wire::PresenceState::Offline:
      return text::PresenceWord::Offline;
    case wire::PresenceState::Unknown:
      break;
  }
  return text::PresenceWord::Unknown;
}

}  // namespace

ChatScreen::ChatScreen(CliSession &cli, ConversationId conversation, model::Contact peer)
    : m_cli(cli), m_conversation(conversation), m_peer(std::move(peer)) {
  m_view.title = text::harmless(m_peer.account);
  if (RawTerminal::isPossible() && !cli.output().isJson()) m_terminal = std::make_unique<RawTerminal>();
  connectEvents();
  cli.session().presence().watch({m_peer.user});
}

ChatScreen::~ChatScreen() = default;

QCoro::Task<> ChatScreen::run() {
  co_await loadDraft();
  updateStatus();
  reload();
  m_scope.spawn(showAlarm());
  const std::function<bool()> stopped = [this] { return m_isStopping; };
  while (!m_isStopping) static_cast<void>(co_await m_cli.waitUntil(stopped, 24h));
  co_await saveDraft(m_editor.text());
  co_await m_scope.drained();
  m_terminal.reset();
}

void ChatScreen::takeBytes(const QByteArray &bytes) {
  if (m_isStopping) return;
  for (const KeyPress &key : m_keys.take(bytes)) press(key);
  draw();
}

void ChatScreen::takeLine(const QByteArray &line) {
  if (!m_isStopping) submit(QString::fromUtf8(line));
}

void ChatScreen::resize() {
  if (!m_terminal || m_isStopping) return;
  m_view.scrolledUp = scrolledAtWidth(m_view, m_width, m_terminal->width());
  draw();
}

void ChatScreen::stop() {
  m_isStopping = true;
  m_cli.wake();
}

void ChatScreen::connectEvents() {
  messenger::AccountSession &session = m_cli.session();
  connect(&session, &messenger::AccountSession::messageChanged, this, [this](const ConversationId &changed) {
    if (changed == m_conversation) reload();
  });
  connect(&session.connection(), &messenger::Connection::stateChanged, this, &ChatScreen::updateStatus);
  connect(&session.typing(), &messenger::Typing::changed, this, &ChatScreen::updateStatus);
  connect(&session.presence(), &messenger::Presence::changed, this, &ChatScreen::updateStatus);
  connect(&session.outbox(), &messenger::Outbox::delayed, this, [this](const ClientMessageId &, const Error &reason) {
    m_view.notice = {text::errorLine(reason)};
    draw();
  });
  connect(&session.connection(), &messenger::Connection::signedOut, this, &ChatScreen::stop);
  connect(&session.inbox(), &messenger::Inbox::distrusted, this, [this](const UserId &user) {
    if (user == m_peer.user && !m_isStopping) m_scope.spawn(showAlarm());
  });
  connect(&session.deviceLists(), &messenger::DeviceLists::listChanged, this, [this](const UserId &user) {
    if (user == m_peer.user && !m_isStopping) m_scope.spawn(showAlarm());
  });
}

// Why nothing is sent to this person until the user decided.
QCoro::Task<> ChatScreen::showAlarm() {
  const auto alarm = co_await m_cli.session().safety().alarm(m_peer.user);
  if (alarm && alarm->has_value()) warn(**alarm);
}

void ChatScreen::warn(const Error &reason) {
  m_view.notice = {text::errorLine(reason)};
  if (!m_terminal) m_cli.output().problem(reason);
  draw();
}

void ChatScreen::press(const KeyPress &key) {
  switch (key.kind) {
    case KeyPress::Kind::Text:
      m_editor.insert(key.text);
      m_cli.session().typing().setOwn(m_conversation, true);
      m_scope.spawn(saveDraft(m_editor.text()));
      break;
    case KeyPress::Kind::Edit:
      m_editor.press(key.edit);
      break;
    case KeyPress::Kind::Enter:
      submit(m_editor.take());
      break;
    case KeyPress::Kind::PageUp:
      m_view.scrolledUp += m_terminal ? m_terminal->height() / 2 : 0;
      break;
    case KeyPress::Kind::PageDown:
      m_view.scrolledUp = std::max(0, m_view.scrolledUp - (m_terminal ? m_terminal->height() / 2 : 0));
      break;
    case KeyPress::Kind::Quit:
      stop();
      break;
  }
}

void ChatScreen::submit(const QString &text) {
  m_view.notice.clear();
  m_view.scrolledUp = 0;
  m_cli.session().typing().setOwn(m_conversation, false);
  if (!text.trimmed().isEmpty()) m_scope.spawn(command(text));
}

QCoro::Task<> ChatScreen::command(QString line) {
  const bool isCommand = line.startsWith(u'/') && !line.startsWith("//"_L1);
  Result<> done;
  if (isCommand) {
    QStringList words = line.mid(1).split(u' ', Qt::SkipEmptyParts);
    const QString verb = words.isEmpty() ? QString() : words.takeFirst();
    done = co_await obey(verb, words);
  } else {
    model::Content content = model::Text{line.startsWith("//"_L1) ? line.mid(1) : line};
    done = co_await sendContent(std::move(content));
  }
  if (!done) {
    m_view.notice = {text::errorLine(done.error())};
    if (!isCommand && m_editor.text().isEmpty()) m_editor.setText(line);  // nothing typed is lost
    if (!m_terminal) m_cli.output().problem(done.error());
  }
  co_await saveDraft(m_editor.text());
  draw();
}

Async<> ChatScreen::obey(QString verb, QStringList words) {
  if (verb == "quit"_L1 || verb == "q"_L1) {
    stop();
    co_return Result<>();
  }
  if (verb == "safety"_L1) {
    const auto number = co_await m_cli.session().safety().number(m_peer.user);
    if (!number) co_return tl::unexpected(number.error());
    m_view.notice = text::safetyNumberText(*number).split(u'\n');
    if (!m_terminal) m_cli.output().say(m_view.notice.join(u'\n'));
    co_return Result<>();
  }
  const bool needsText = verb != "delete"_L1;
  if ((verb != "reply"_L1 && verb != "edit"_L1 && verb != "delete"_L1 && verb != "react"_L1) ||
      words.size() < (needsText ? 2 : 1)) {
    m_view.notice = helpLines();
    if (!m_terminal) m_cli.output().say(m_view.notice.join(u'\n'));
    co_return Result<>();
  }
  const MessageVerb kind = verb == "reply"_L1    ? MessageVerb::Reply
                           : verb == "edit"_L1   ? MessageVerb::Edit
                           : verb == "delete"_L1 ? MessageVerb::Delete
                                                 : MessageVerb::React;
  const QStringList exact{words[0], QStringList(words.mid(1)).join(u' ')};
  auto content = co_await contentOf(m_cli, kind, m_conversation, exact);
  if (!content) co_return tl::unexpected(content.error());
  co_return co_await sendContent(std::move(*content));
}

Async<> ChatScreen::sendContent(model::Content content) {
  const auto change = co_await m_cli.session().outbox().send(m_conversation, std::move(content));
  if (!change) co_return tl::unexpected(change.error());
  co_return Result<>();
}

void ChatScreen::reload() {
  m_loadAgain = true;
  if (!m_isLoading && !m_isStopping) m_scope.spawn(load());
}

QCoro::Task<> ChatScreen::load() {
  m_isLoading = true;
  while (std::exchange(m_loadAgain, false)) {
    vault::PageRequest request;
    request.limit = kShownLines;
    const auto page = co_await m_cli.session().conversations().history(m_conversation, request);
    if (!page || page->messages.empty()) continue;
    const auto read = co_await m_cli.session().conversations().markRead(m_conversation, page->messages.back().key);
    if (!read) m_view.notice = {text::errorLine(read.error())};
    const auto shown = co_await printNew(page->messages);
    if (!shown) m_view.notice = {text::errorLine(shown.error())};
  }
  m_isLoading = false;
  draw();
}

Async<> ChatScreen::printNew(std::vector<vault::ArchivedMessage> lines) {
  QStringList rows;
  for (const vault::ArchivedMessage &line : lines) {
    const auto sender = co_await m_cli.nameOf(line.message.sender.user);
    if (!sender) co_return tl::unexpected(sender.error());
    const bool isOwn = line.message.sender.user == m_cli.account().account.self.user;
    rows.append(messageLine(line.message, *sender, isOwn, m_cli.clock().wallNow()));
    if (m_terminal || (m_printed && !(*m_printed < line.key))) continue;
    m_printed = line.key;
    m_cli.output().say(rows.last());
    m_cli.output().event("message", messageObject(line.message, *sender, isOwn));
  }
  m_view.lines = rows;
  co_return Result<>();
}

QCoro::Task<> ChatScreen::loadDraft() {
  if (!m_terminal) co_return;
  const auto draft = co_await m_cli.profile().vault().account().draft(m_conversation);
  if (draft && draft->has_value()) m_editor.setText((*draft)->text);
}

QCoro::Task<> ChatScreen::saveDraft(QString text) {
  if (!m_terminal) co_return;
  model::Draft draft;
  draft.conversation = m_conversation;
  draft.text = text;
  draft.changedAt = m_cli.clock().wallNow();
  const auto saved = co_await m_cli.profile().vault().account().saveDraft(std::move(draft));
  if (!saved) m_view.notice = {text::errorLine(saved.error())};
}

void ChatScreen::updateStatus() {
  const messenger::Connection &connection = m_cli.session().connection();
  if (connection.state() == State::Waiting || connection.state() == State::Stopped)
    m_view.status = u"Offline: "_s + text::errorLine(connection.reason());
  else if (connection.state() != State::Online)
    m_view.status = u"connecting…"_s;
  else if (m_cli.session().typing().typists(m_conversation).contains(m_peer.user))
    m_view.status = u"is typing…"_s;
  else {
    const wire::PresenceInfo presence = m_cli.session().presence().of(m_peer.user);
    m_view.status = text::presenceText(wordOf(presence.state), fromMillis(presence.since), m_cli.clock().wallNow());
  }
  draw();
}

void ChatScreen::draw() {
  if (!m_terminal) return;
  m_view.typed = m_editor.text();
  m_view.cursor = m_editor.cursor();
  m_width = m_terminal->width();
  m_terminal->draw(layOut(m_view, m_width, m_terminal->height()));
}

}  // namespace gx::cli
