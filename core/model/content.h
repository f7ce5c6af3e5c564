// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.h"

namespace gx::model {

struct Text {
  QString text;
  bool operator==(const Text &) const = default;
};

struct Reply {
  QString text;
  ClientMessageId target;
  UserId targetUser;  // who wrote the target
  QString excerpt;    // hint for who lacks the target, never shown as the original: at most 512 bytes
  bool operator==(const Reply &) const = default;
};

// Only the author's own message, within 24 hours.
struct Edit {
  ClientMessageId target;
  QString text;
  bool operator==(const Edit &) const = default;
};

// For everyone; only the author's own message.
struct Deletion {
  ClientMessageId target;
  bool operator==(const Deletion &) const = default;
};

struct Reaction {
  ClientMessageId target;
  UserId targetUser;
  QString emoji;  // at most 64 bytes
  bool isRemoved = false;
  bool operator==(const Reaction &) const = default;
};

enum class ReceiptState : quint8 { Delivered, Read };

// Never answered by a receipt.
struct Receipt {
  ReceiptState state = ReceiptState::Delivered;
  std::vector<ClientMessageId> messages;  // 1 to 200
  bool operator==(const Receipt &) const = default;
};

// "I could not open this one, send it again": travels over a session that works.
struct RetryRequest {
  MessageId envelope;                        // the relay's id of what did not open
  std::optional<ClientMessageId> message{};  // if known
  bool operator==(const RetryRequest &) const = default;
};

// Nothing but a message over a new session, so that the other side moves to it.
struct SessionReset {
  bool operator==(const SessionReset &) const = default;
};

// A kind of a newer version: kept as it came, shown as a placeholder.
struct Unsupported {
  QString kind;
  QByteArray body;  // JSON text
  bool operator==(const Unsupported &) const = default;
};

// What an opened envelope holds.
using Content = std::variant<Text, Reply, Edit, Deletion, Reaction, Receipt, RetryRequest, SessionReset, Unsupported>;

}  // namespace gx::model
