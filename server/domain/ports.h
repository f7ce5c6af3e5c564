// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "server/domain/account_repository.h"
#include "server/domain/conversation_repository.h"
#include "server/domain/device_repository.h"
#include "server/domain/event_bus.h"
#include "server/domain/link_repository.h"
#include "server/domain/manifest_repository.h"
#include "server/domain/message_queue.h"
#include "server/domain/prekey_repository.h"
#include "server/domain/presence_directory.h"
#include "server/domain/rate_limiter.h"
#include "server/domain/token_repository.h"

namespace gx::server::domain {

// Everything the services stand on; the composition root fills it, all of it outlives them.
struct Ports {
  Clock &clock;
  Random &random;
  AccountRepository &accounts;
  DeviceRepository &devices;
  TokenRepository &tokens;
  ManifestRepository &manifests;
  LinkRepository &links;
  ConversationRepository &conversations;
  PreKeyRepository &preKeys;
  MessageQueue &messages;
  PresenceDirectory &presence;
  EventBus &events;
  RateLimiter &limiter;
};

}  // namespace gx::server::domain
