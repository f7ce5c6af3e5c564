// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Messages on the wire (PROTOCOL.md section 3), the same over REST and Socket.IO.
namespace gx::wire {

enum class EnvelopeKind { PreKey, Message };  // "prekey", "message"
[[nodiscard]] const char *toText(EnvelopeKind kind);
[[nodiscard]] std::optional<EnvelopeKind> parseEnvelopeKind(QByteArrayView text);

struct Envelope {  // for one device
  DeviceId deviceId;
  quint32 registrationId = 0;
  EnvelopeKind kind = EnvelopeKind::Message;
  QByteArray ciphertext;  // decoded bytes
  bool operator==(const Envelope &) const = default;
};

struct SendRequest {
  ConversationId conversationId;
  ClientMessageId clientMsgId;
  QList<Envelope> envelopes;

  [[nodiscard]] static Result<SendRequest> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
  // BLAKE2b-256 over every field in order: what makes a repetition "the same body". Stays on the relay; SHA-256 would
  // take a third of its time for a message.
  [[nodiscard]] QByteArray bodyHash() const;
};

struct SendAccepted {
  MessageId messageId;
  ClientMessageId clientMsgId;
  qint64 serverTime = 0;  // ms

  bool operator==(const SendAccepted &) const = default;
  [[nodiscard]] static Result<SendAccepted> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct MailItem {
  qint64 seq = 0;
  MessageId messageId;
  ConversationId conversationId;
  UserId senderId;
  DeviceId senderDeviceId;
  EnvelopeKind kind = EnvelopeKind::Message;
  QByteArray ciphertext;  // decoded bytes
  qint64 serverTime = 0;  // ms

  bool operator==(const MailItem &) const = default;
  [[nodiscard]] QByteArray toJson() const;  // one item, as it stands inside a page
};

struct MailPage {  // answer of GET /messages
  QList<MailItem> messages;
  qint64 head = 0;     // highest seq of this mailbox so far, 0 if none
  bool more = false;   // letters after the last one here
  qint64 expired = 0;  // letters removed by age since the mailbox exists

  [[nodiscard]] static Result<MailPage> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct MailEvent {  // event mail
  QList<MailItem> messages;

  [[nodiscard]] static Result<MailEvent> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

// A place in a mailbox. POST /messages/ack, event mail.ack, and their answers.
struct MailAck {
  qint64 seq = 0;
  // Of the letter `seq`: proof that the number is of the mailbox as it is now, not of one that a restored backup undid.
  std::optional<MessageId> messageId{};

  [[nodiscard]] static Result<MailAck> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
