// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <vector>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/wire/message_dto.h"
#include "server/domain/roster.h"

namespace gx::server::domain {

struct AppendRequest {
  struct Letter {
    DeviceId device;
    wire::EnvelopeKind kind = wire::EnvelopeKind::Message;
    QByteArray ciphertext;
    UserId owner{};  // of the device
  };
  MessageId id;
  ConversationId conversation;
  UserId sender;
  DeviceId senderDevice;
  ClientMessageId clientMsgId;
  QByteArray bodyHash;
  WallTime now{};
  std::vector<Roster::Member> members;  // as the letters were checked against
  std::vector<Letter> letters;          // by device id
};

struct Appended {
  struct Placed {
    DeviceId device;
    qint64 seq = 0;
  };
  MessageId id;
  WallTime acceptedAt{};
  bool repeated = false;       // was stored before; then nothing was placed now
  std::vector<Placed> placed;  // in the order of the letters
};

struct MailboxHead {
  qint64 head = 0;     // highest seq so far
  qint64 acked = 0;    // highest seq acknowledged
  qint64 expired = 0;  // removed by age
};

// Port. The mailboxes. append() and acknowledge() are the hot path: their completions come in the caller's thread,
// those of one commit together, and only after it is durable.
class MessageQueue {
 public:
  using AppendDone = std::function<void(Result<Appended>)>;
  using AcknowledgeDone = std::function<void(Result<MailboxHead>)>;
  virtual ~MessageQueue() = default;

  // All letters or none. The same (senderDevice, clientMsgId) with the same bodyHash gets the answer of the first time;
  // with another Invalid idempotency_conflict. Conflict device_mismatch when a member's devices changed since they were
  // checked; Full mailbox_full, also when the sender's account has used up its share of another's mailbox; Full
  // storage_full when the disk is.
  virtual void append(AppendRequest request, AppendDone done) = 0;
  // Removes everything up to `upTo`, and notes the delivery; below the cursor nothing happens. With a message id
  // nothing happens either unless that very letter waits under the number: the device may speak of a mailbox that a
  // restored backup undid. Without: Invalid beyond the head.
  virtual void acknowledge(DeviceId device, wire::MailAck upTo, AcknowledgeDone done) = 0;

  // What append() would answer to a repetition; NotFound when there was no first time. Sees every append() before it.
  [[nodiscard]] virtual Async<Appended> accepted(DeviceId senderDevice, ClientMessageId id, QByteArray bodyHash) = 0;
  // Letters after `after`, at most `limit` and about a MiB. With a message id that is not the letter's there: all.
  [[nodiscard]] virtual Async<wire::MailPage> page(DeviceId device, wire::MailAck after, int limit) = 0;
  [[nodiscard]] virtual Async<MailboxHead> head(DeviceId device) = 0;

  // Removes up to `limit` letters older than `before` and counts them in their mailboxes; returns how many.
  [[nodiscard]] virtual Async<qint64> expireLetters(WallTime before, int limit) = 0;
  // Forgets messages accepted before `before`: their repetition would be stored again.
  [[nodiscard]] virtual Async<qint64> forgetAccepted(WallTime before, int limit) = 0;
};

}  // namespace gx::server::domain
