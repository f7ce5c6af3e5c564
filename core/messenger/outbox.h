// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <map>
#include <set>

#include "core/base/retry.h"
#include "core/base/task_scope.h"
#include "core/messenger/connection.h"
#include "core/messenger/recipient_devices.h"

namespace gx::messenger {

// Sends what the journal holds, in order, one at a time per conversation, while the connection stands. A refusal for
// good fails that message and goes on; anything that may pass makes the conversation wait 1, 2, 4 … 60 s ± half.
class Outbox final : public QObject {
  Q_OBJECT
 public:
  Outbox(Connection &connection, RecipientDevices &recipients, vault::Vault &vault, Clock &clock, Random &random);

  // Journals first, sends then: when it ends well the message survives anything.
  [[nodiscard]] Async<vault::OutboxChange> send(ConversationId conversation, model::Content content);
  // A failed one again, at the end of the row.
  [[nodiscard]] Async<vault::OutboxChange> retry(ClientMessageId id);

  // There may be something to do: new work, connection back, trust decided.
  void wake();
  // The same, and nothing waits for its next try any more: the connection is back, the user decided.
  void retryNow();
  // What is queued there goes out only after the user decided whether to trust (Safety): no use waiting for it.
  [[nodiscard]] bool awaitsDecision(ConversationId conversation) const;
  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void messageChanged(const gx::ConversationId &conversation, const gx::vault::MessageRef &message);
  void accepted(const gx::ClientMessageId &id);
  void failed(const gx::ClientMessageId &id, const gx::Error &reason);
  // It stays queued; the next try follows by itself, after the user decided (trust_broken), or when the recipient
  // signed in.
  void delayed(const gx::ClientMessageId &id, const gx::Error &reason);

  // Nothing is left that could leave now.
  void idle();

 private:
  enum class Step { Next, Wait };
  struct Lane {  // one conversation
    Retry retry;
    bool isBusy = false;
    bool awaitsDecision = false;
    SteadyTime notBefore{};
  };

  QCoro::Task<> scan();
  QCoro::Task<> drain(ConversationId conversation);
  QCoro::Task<Step> deliver(vault::OutboxItem item);
  QCoro::Task<net::SendResult> post(vault::OutboxItem item);
  QCoro::Task<Step> takeAccepted(vault::OutboxItem item, wire::SendAccepted answer);
  QCoro::Task<Step> takeFailure(vault::OutboxItem item, Error error);
  void postpone(const vault::OutboxItem &item, const Error &error);
  [[nodiscard]] std::chrono::milliseconds pauseOf(Lane &lane, const Error &error);
  void show(const vault::OutboxChange &change);
  Lane &lane(ConversationId conversation);
  [[nodiscard]] bool isBusy() const;

  Connection &m_connection;
  RecipientDevices &m_recipients;
  vault::Vault &m_vault;
  Clock &m_clock;
  Random &m_random;
  std::map<ConversationId, Lane> m_lanes;
  bool m_isScanning = false;
  bool m_scanAgain = false;
  bool m_isStopping = false;
  TaskScope m_scope;
};

}  // namespace gx::messenger
