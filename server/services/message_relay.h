// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "server/domain/ports.h"
#include "server/services/rosters.h"
#include "server/services/send_outcome.h"

namespace gx::server::services {

// Takes messages: checks the devices, has them queued, and announces each letter to its device. The hot path:
// callbacks, no query while the roster is in memory. Lives in the thread of its message queue.
class MessageRelay final : public QObject {
  Q_OBJECT
 public:
  using Done = std::function<void(SendOutcome)>;
  MessageRelay(const domain::Ports &ports, Rosters &rosters);

  // Codes: not_found, no_devices, device_mismatch, stale_device, idempotency_conflict, too_large, bad_request,
  // rate_limited, mailbox_full, storage_full, unavailable. `done` may be called before send() returns. `who` must be
  // active.
  void send(const domain::Principal &who, wire::SendRequest request, Done done);

  struct Counters {
    quint64 accepted = 0;
    quint64 repeated = 0;
    quint64 letters = 0;
    quint64 refused = 0;
  };
  [[nodiscard]] const Counters &counters() const { return m_counters; }

 private:
  struct Sending;
  using SendingRef = std::shared_ptr<Sending>;  // travels through callbacks of the queue and back
  void withRoster(const SendingRef &sending);
  void rosterLoaded(const ConversationId &conversation, const Result<Rosters::Ref> &loaded);
  void queue(const SendingRef &sending, const Rosters::Ref &roster);
  void queued(const SendingRef &sending, Result<domain::Appended> appended);
  void announce(const Sending &sending, const domain::Appended &appended);
  void refuseUnlessRepeated(const SendingRef &sending, SendRefusal refusal);
  void finish(const SendingRef &sending, SendOutcome outcome);

  domain::Ports m_ports;
  Rosters &m_rosters;
  // Messages of a conversation whose roster is being loaded, in order of arrival: none overtakes another.
  QHash<ConversationId, std::vector<SendingRef>> m_waiting;
  Counters m_counters;
};

}  // namespace gx::server::services
