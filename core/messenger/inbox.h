// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <deque>
#include <set>

#include "core/base/pause.h"
#include "core/base/task_scope.h"
#include "core/messenger/connection.h"
#include "core/messenger/device_lists.h"
#include "core/messenger/outbox.h"
#include "core/wire/message_dto.h"

namespace gx::messenger {

class Conversations;

// Letters in: open and commit, then tell, then acknowledge. What the socket did not bring (a lost doorbell) a poll each
// minute does.
class Inbox final : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    RelayAccess &access;
    Connection &connection;
    DeviceLists &lists;
    Conversations &conversations;
    Outbox &outbox;
    vault::Vault &vault;
    Clock &clock;
  };
  explicit Inbox(Parts parts);

  void start();
  // Everything that waited at the last connect is opened and committed.
  [[nodiscard]] bool isCaughtUp() const { return m_isReady && m_letters.empty() && m_committed.seq >= m_head; }
  // After the user decided about a person, or a manifest came.
  [[nodiscard]] QCoro::Task<> reopenHeld(UserId user);
  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void caughtUp();
  void messageChanged(const gx::ConversationId &conversation, const gx::vault::MessageRef &message);
  void messageArrived(const gx::ConversationId &conversation, const gx::vault::MessageRef &message, bool fromOwnDevice);
  void preKeysRunLow();
  void letterFailed(const gx::ConversationId &conversation, const QByteArray &cause);
  // Somebody's own device told of another device list than ours: nothing is sent to this person until the user decided.
  void distrusted(const gx::UserId &user);
  // The store refuses: nothing was taken and nothing acknowledged. It is tried again.
  void storeFailed(const gx::Error &reason);

 private:
  void take(const QByteArray &name, const QByteArray &argument);
  void takeReady(const wire::Ready &ready);
  QCoro::Task<> run();
  QCoro::Task<bool> openNext();
  QCoro::Task<> follow(vault::Opening opening);
  QCoro::Task<> fetchManifest(UserId user);
  QCoro::Task<> askHeldSenders();
  QCoro::Task<> rewind(qint64 acked);
  QCoro::Task<> recover();
  QCoro::Task<> poll();
  QCoro::Task<> askAgain();
  void reopenLater(UserId user);
  void acknowledge();
  void schedulePoll();

  Parts m_parts;
  std::deque<wire::MailItem> m_letters;
  Pause m_pause;
  model::MailCursor m_committed;  // since the last connect
  qint64 m_acknowledged = 0;
  int m_connects = 0;      // what was asked before the last one speaks of a mailbox that may be another now
  qint64 m_head = 0;       // of the mailbox at the last connect
  bool m_isReady = false;  // since start() a connection stood once
  bool m_isRunning = false;
  bool m_isStopping = false;
  bool m_willAskAgain = false;  // a timer runs
  std::set<UserId> m_wanted;    // manifests that could not be fetched yet
  std::set<UserId> m_deferred;  // senders whose letters wait for a timer
  TaskScope m_scope;
};

}  // namespace gx::messenger
