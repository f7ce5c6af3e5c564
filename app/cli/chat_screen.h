// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <memory>

#include "app/cli/chat_view.h"
#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"
#include "app/cli/key_reader.h"
#include "app/cli/raw_terminal.h"
#include "core/base/task_scope.h"

namespace gx::cli {

// A conversation in the terminal: history above, typing line below, ticks, presence, typing. Where input or output is
// no terminal it reads lines and prints lines. What stands in the typing line is kept as a draft.
class ChatScreen final : public QObject {
  Q_OBJECT
 public:
  ChatScreen(CliSession &cli, ConversationId conversation, model::Contact peer);
  ~ChatScreen() override;

  [[nodiscard]] QCoro::Task<> run();
  void takeBytes(const QByteArray &bytes);  // of a raw terminal
  void takeLine(const QByteArray &line);    // of a pipe
  // The terminal has another size.
  void resize();
  void stop();

 private:
  void connectEvents();
  void press(const KeyPress &key);
  void submit(const QString &text);
  QCoro::Task<> command(QString line);
  Async<> obey(QString verb, QStringList words);
  Async<> sendContent(model::Content content);
  void reload();
  QCoro::Task<> load();
  Async<> printNew(std::vector<vault::ArchivedMessage> lines);
  QCoro::Task<> loadDraft();
  QCoro::Task<> saveDraft(QString text);
  QCoro::Task<> showAlarm();
  void warn(const Error &reason);
  void updateStatus();
  void draw();

  CliSession &m_cli;
  ConversationId m_conversation;
  model::Contact m_peer;
  std::unique_ptr<RawTerminal> m_terminal;
  KeyReader m_keys;
  LineEditor m_editor;
  ChatView m_view;
  std::optional<vault::MessageKey> m_printed;  // last line printed where there is no terminal
  int m_width = 0;                             // drawn last
  bool m_isLoading = false;
  bool m_loadAgain = false;
  bool m_isStopping = false;
  TaskScope m_scope;
};

[[nodiscard]] Async<ExitCode> runChat(CliSession &cli);

}  // namespace gx::cli
