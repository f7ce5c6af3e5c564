// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonObject>
#include <QObject>

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"
#include "core/base/task_scope.h"

namespace gx::cli {

// Prints what happens to an account as it happens; takes commands as JSON lines. Delivers, never marks read by itself.
//   {"verb":"send","who":"bob@gxcoin.test","text":"hello","ref":1}   reply, edit, delete, react: "id" of the target
//   {"verb":"read","who":…}   {"verb":"typing","who":…,"active":true}   {"verb":"connect"} (do not wait any longer)
//   {"verb":"quit"}
// Each answers {"type":"result","ref":…} or {"type":"error","ref":…}. {"type":"delayed","id":…,"code":…} tells why a
// message has to wait.
class Listener final : public QObject {
  Q_OBJECT
 public:
  explicit Listener(CliSession &cli);

  // Until stop(); the account must be connecting.
  [[nodiscard]] QCoro::Task<> run();
  void stop();
  // Tells nothing more; what it was telling is told. To be awaited before it is deleted.
  [[nodiscard]] QCoro::Task<> close();
  void takeCommand(const QByteArray &line);
  void refuseCommand();  // one that is too long

 private:
  void connectEvents();
  QCoro::Task<> showMessage(ConversationId conversation, vault::MessageRef message, const char *type);
  QCoro::Task<> showTyping(UserId user, bool isTyping);
  void showConnection();
  QCoro::Task<> showAlarm(UserId user);
  void showStoreProblem(const Error &reason);
  void showDelay(const ClientMessageId &id, const Error &reason);
  QCoro::Task<> obey(QJsonObject command);
  Async<QJsonObject> execute(QJsonObject command);
  Async<QJsonObject> markRead(ConversationId conversation);
  void answerError(const QJsonObject &command, const Error &error);

  CliSession &m_cli;
  bool m_isStopping = false;
  QByteArray m_storeProblem;  // the last one told; none since a message could be stored
  TaskScope m_scope;
};

[[nodiscard]] Async<ExitCode> runListen(CliSession &cli);

}  // namespace gx::cli
