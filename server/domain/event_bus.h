// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <span>
#include <variant>

#include "core/wire/link_dto.h"
#include "core/wire/manifest_dto.h"
#include "core/wire/message_dto.h"
#include "core/wire/presence_dto.h"
#include "core/wire/session_dto.h"

class QObject;

namespace gx::server::domain {

// The device's tokens are gone: its connections close (4401) at once.
struct SessionEnded {};
// The device became active: its connections may do more from now on.
struct DeviceActivated {};

using DeviceEvent = std::variant<wire::MailItem, wire::KeysLow, wire::ManifestChanged, wire::DeviceLinkEvent,
                                 wire::TypingNotice, wire::PresenceInfo, SessionEnded, DeviceActivated>;

// Port. Tells whoever holds the connections of devices. A doorbell: events may be lost, mail stays in the mailbox.
// Lives in the thread of its services.
class EventBus {
 public:
  using Listener = std::function<void(std::span<const DeviceId> devices, const DeviceEvent &event)>;
  virtual ~EventBus() = default;

  virtual void announce(std::span<const DeviceId> devices, const DeviceEvent &event) = 0;
  // Calls the listener in this thread until `context` dies.
  virtual void listen(QObject *context, Listener listener) = 0;
};

}  // namespace gx::server::domain
