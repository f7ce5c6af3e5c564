// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/model/device_address.h"

namespace gx::model {

// Our own message: Queued, Sending, Sent, Delivered, Read, or Failed; a received one is Delivered until it was shown,
// then Read.
enum class MessageState : quint8 { Queued = 0, Sending = 1, Sent = 2, Delivered = 3, Read = 4, Failed = 5 };

enum class MessageKind : quint8 {
  Text = 0,
  Unsupported = 1,  // a kind this version does not know
  Waiting = 2,      // could not be opened yet; replaced in place when the sender repeats it
};

struct MessageReaction {
  UserId user;
  QString emoji;

  bool operator==(const MessageReaction &) const = default;
};

// One line of a conversation as it is shown.
struct Message {
  ClientMessageId id;                   // given by the sending device
  std::optional<MessageId> serverId{};  // once the relay took it
  ConversationId conversation;
  DeviceAddress sender;
  MessageKind kind = MessageKind::Text;
  QString text;
  std::optional<ClientMessageId> quoted{};
  MessageState state = MessageState::Queued;
  WallTime sentAt{};                     // sender's clock
  std::optional<WallTime> serverTime{};  // relay's clock, the order among senders
  std::optional<WallTime> editedAt{};
  bool isDeleted = false;
  std::vector<MessageReaction> reactions{};

  bool operator==(const Message &) const = default;
};

}  // namespace gx::model
