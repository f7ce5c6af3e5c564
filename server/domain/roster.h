// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/ids.h"
#include "core/wire/conversation_dto.h"

namespace gx::server::domain {

// Who takes part in a conversation, and with which active devices: what a message must be sealed for.
struct Roster {
  struct Member {
    UserId user;
    qint64 deviceGeneration = 0;  // grows with every change of the account's active devices
  };
  struct ActiveDevice {
    DeviceId id;
    UserId user;
    quint32 registrationId = 0;
  };
  ConversationId conversation;
  wire::ConversationType type = wire::ConversationType::Direct;
  std::vector<Member> members;
  std::vector<ActiveDevice> devices;  // by device id

  [[nodiscard]] bool hasMember(const UserId &user) const;
  [[nodiscard]] bool hasDeviceOf(const UserId &user) const;
};

}  // namespace gx::server::domain
