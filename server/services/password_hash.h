// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <vector>

#include "core/base/async.h"
#include "core/base/random.h"
#include "core/base/worker.h"
#include "server/services/service_settings.h"

namespace gx::server::services {

// Argon2id on its own threads: at most parallelHashes at once, waitingHashes in line, then Unavailable. Lives in the
// main thread.
class PasswordHash final {
 public:
  PasswordHash(Random &random, const ServiceSettings &settings);
  ~PasswordHash();

  struct Verdict {
    bool matches = false;
    bool isOutdated = false;  // made with another cost
  };
  // PHC string.
  [[nodiscard]] Async<QByteArray> make(QByteArray password);
  [[nodiscard]] Async<Verdict> verify(QByteArray password, QByteArray phc);
  // A hash nobody has the password of, with today's cost: what unknown accounts are checked against.
  [[nodiscard]] const QByteArray &dummy() const { return m_dummy; }

 private:
  [[nodiscard]] Result<Worker *> enter();
  void leave(Worker *worker);

  Random &m_random;
  HashCost m_cost;
  int m_waitingLimit;
  QByteArray m_dummy;
  struct Lane {
    std::unique_ptr<Worker> worker;
    int load = 0;
  };
  std::vector<Lane> m_lanes;
};

}  // namespace gx::server::services
