// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/config/config.h"
#include "server/gateway/gateway.h"
#include "server/http/rest_api.h"
#include "server/services/health.h"
#include "server/services/retention.h"

namespace gx::server {

// All services over one set of ports, in the order they stand on each other.
class RelayServices final {
 public:
  RelayServices(const domain::Ports &ports, services::ServiceSettings settings,
                std::vector<domain::HealthProbe *> probes);
  RelayServices(const RelayServices &) = delete;
  RelayServices &operator=(const RelayServices &) = delete;

  // A demo's passwords are public: they are hashed at a low cost, so that it starts at once.
  [[nodiscard]] static services::ServiceSettings settingsOf(const config::Config &config);

  [[nodiscard]] http::RestServices rest();
  [[nodiscard]] gateway::GatewayServices gateway();
  [[nodiscard]] services::SignUp &signUp() { return m_signUp; }
  [[nodiscard]] services::Health &health() { return m_health; }
  [[nodiscard]] services::MessageRelay &relay() { return m_relay; }
  [[nodiscard]] services::Retention &retention() { return m_retention; }

 private:
  domain::Ports m_ports;
  services::ServiceSettings m_settings;
  services::PasswordHash m_hash;
  services::Tokens m_tokens;
  services::Rosters m_rosters;
  services::SignUp m_signUp;
  services::SignIn m_signIn;
  services::Devices m_devices;
  services::KeyDirectory m_keys;
  services::Links m_links;
  services::Conversations m_conversations;
  services::MessageRelay m_relay;
  services::Mailbox m_mailbox;
  services::Presence m_presence;
  services::Typing m_typing;
  services::Retention m_retention;
  services::Health m_health;
};

}  // namespace gx::server
