// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/task_scope.h"
#include "server/main/relay_network.h"
#include "server/main/relay_services.h"
#include "server/main/relay_store.h"

namespace gx::server {

// The composition root: one relay from its store up to its sockets. Lives in the main thread.
class Relay final {
 public:
  // Opens the store.
  [[nodiscard]] static Result<std::unique_ptr<Relay>> open(const config::Config &config, Clock &clock, Random &random);
  Relay(const Relay &) = delete;
  Relay &operator=(const Relay &) = delete;

  // Claims the store, makes demo and test accounts, then listens.
  [[nodiscard]] Async<> start();
  // Stops serving, orderly; ends when all is answered.
  [[nodiscard]] QCoro::Task<> drain();
  [[nodiscard]] const RelayNetwork &network() const { return m_network; }

 private:
  Relay(const config::Config &config, Clock &clock, Random &random, std::unique_ptr<RelayStore> store);
  [[nodiscard]] Async<> prepareAccounts();
  [[nodiscard]] Async<> admitInvite();
  void writeMetrics(http::MetricsText &out);
  Async<double> waitingLetters();
  Async<double> waitingBytes();

  config::Config m_config;
  std::unique_ptr<RelayStore> m_store;
  RelayServices m_services;
  RelayNetwork m_network;
};

}  // namespace gx::server
