// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <chrono>

namespace gx::server::services {

enum class Registration { Open, Invite, Closed };

// Cost of one Argon2id. The default is production's; tests and demos lower it.
struct HashCost {
  qint64 memoryBytes = 64LL * 1024 * 1024;
  int passes = 3;
};

// What configuration decides about the services.
struct ServiceSettings {
  QByteArray environment = "local";
  Registration registration = Registration::Closed;
  HashCost hashCost{};
  int parallelHashes = 4;
  int waitingHashes = 64;  // beyond: Unavailable
  std::chrono::seconds accessLife{std::chrono::minutes(10)};
  std::chrono::seconds refreshIdle{std::chrono::days(30)};
  std::chrono::seconds refreshLife{std::chrono::days(90)};
  std::chrono::seconds refreshReplay{60};
};

}  // namespace gx::server::services
