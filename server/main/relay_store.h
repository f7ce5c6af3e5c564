// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "server/cache/local_event_bus.h"
#include "server/cache/local_presence_directory.h"
#include "server/cache/local_rate_limiter.h"
#include "server/config/config.h"
#include "server/domain/ports.h"
#include "server/sql/sql_account_repository.h"
#include "server/sql/sql_conversation_repository.h"
#include "server/sql/sql_device_repository.h"
#include "server/sql/sql_link_repository.h"
#include "server/sql/sql_manifest_repository.h"
#include "server/sql/sql_message_queue.h"
#include "server/sql/sql_prekey_repository.h"
#include "server/sql/sql_probe.h"
#include "server/sql/sql_token_repository.h"

namespace gx::server {

// Everything the services stand on, with the embedded store: the implementation of each port.
class RelayStore final {
 public:
  // Locked when another process uses the data folder; what else SqlStore::open() says.
  [[nodiscard]] static Result<std::unique_ptr<RelayStore>> open(const config::Config &config, Clock &clock,
                                                                Random &random);

  [[nodiscard]] const domain::Ports &ports() const { return m_ports; }
  [[nodiscard]] sql::SqlStore &sql() { return *m_sql; }
  [[nodiscard]] domain::HealthProbe &probe() { return m_probe; }

 private:
  RelayStore(std::unique_ptr<sql::SqlStore> sql, double rateScale, Clock &clock, Random &random);

  std::unique_ptr<sql::SqlStore> m_sql;
  sql::SqlProbe m_probe;
  sql::SqlAccountRepository m_accounts;
  sql::SqlDeviceRepository m_devices;
  sql::SqlTokenRepository m_tokens;
  sql::SqlManifestRepository m_manifests;
  sql::SqlLinkRepository m_links;
  sql::SqlConversationRepository m_conversations;
  sql::SqlPreKeyRepository m_preKeys;
  sql::SqlMessageQueue m_messages;
  cache::LocalPresenceDirectory m_presence;
  cache::LocalEventBus m_events;
  cache::LocalRateLimiter m_limiter;
  domain::Ports m_ports;
};

}  // namespace gx::server
