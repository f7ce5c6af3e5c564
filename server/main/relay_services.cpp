// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/relay_services.h"

namespace gx::server {

namespace {

constexpr services::HashCost kDemoHashCost{8LL * 1024 * 1024, 1};

services::Registration serviceRegistration(config::Registration registration) {
  switch (registration) {
    case config::Registration::Open:
      return services::Registration::Open;
    case config::Registration::Invite:
      return services::Registration::Invite;
    case config::Registration::Closed:
      return services::Registration::Closed;
  }
  return services::Registration::Closed;
}

}  // namespace

services::ServiceSettings RelayServices::settingsOf(const config::Config &config) {
  services::ServiceSettings settings;
  settings.environment = config.environment;
  settings.registration = serviceRegistration(config.registration);
  if (config.isDemo) settings.hashCost = kDemoHashCost;
  return settings;
}

RelayServices::RelayServices(const domain::Ports &ports, services::ServiceSettings settings,
                             std::vector<domain::HealthProbe *> probes)
    : m_ports(ports),
      m_settings(std::move(settings)),
      m_hash(ports.random, m_settings),
      m_tokens(ports, m_settings),
      m_rosters(ports.conversations),
      m_signUp(ports, m_hash, m_settings),
      m_signIn(ports, m_hash, m_tokens, m_settings),
      m_devices(ports, m_tokens, m_rosters),
      m_keys(ports, m_rosters),
      m_links(ports),
      m_conversations(ports),
      m_relay(ports, m_rosters),
      m_mailbox(ports),
      m_presence(ports),
      m_typing(ports, m_rosters),
      m_retention(ports, m_tokens),
      m_health(ports.clock, std::move(probes)) {}

http::RestServices RelayServices::rest() {
  return {m_signUp, m_signIn, m_tokens, m_devices, m_keys, m_links, m_conversations, m_relay, m_mailbox};
}

gateway::GatewayServices RelayServices::gateway() {
  return {m_ports.clock, m_ports.events, m_tokens, m_mailbox, m_relay, m_presence, m_typing};
}

}  // namespace gx::server
