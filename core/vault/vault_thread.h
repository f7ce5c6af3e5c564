// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/crash_point.h"
#include "core/base/worker.h"
#include "core/store/transaction.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// The thread of one vault. run() is the only way in: one job, one transaction.
class VaultThread final {
 public:
  VaultThread() : m_worker("vault") {}
  // Closes on the thread itself, after all that is queued.
  ~VaultThread() {
    m_worker.post([this] { m_room.reset(); });
  }
  VaultThread(const VaultThread &) = delete;
  VaultThread &operator=(const VaultThread &) = delete;

  [[nodiscard]] Async<> open(QString file, SecretBytes key, Clock &clock, Random &random) {
    return m_worker.run([this, file, shared = std::make_shared<SecretBytes>(std::move(key)), &clock, &random] {
      auto room = Strongroom::open(file, *shared, clock, random);
      if (!room) return Result<>(fail(room.error()));
      m_room = std::move(*room);
      return Result<>();
    });
  }

  [[nodiscard]] Async<> close() {
    return m_worker.run([this] {
      if (!m_room) return Result<>();
      const auto complete = m_room->database->checkpoint();
      m_room.reset();
      return complete;
    });
  }

  // What was deleted leaves the log, too.
  [[nodiscard]] Async<> checkpoint() {
    return m_worker.run([this] { return m_room ? m_room->database->checkpoint() : Result<>(); });
  }

  // `act` is Result<T>(Strongroom &): committed if it answers a value, rolled back if it answers an Error.
  // `afterCommit` names the crash point behind it.
  template <typename Act>
  [[nodiscard]] auto run(Act act, const char *afterCommit = "")
      -> QCoro::Task<std::invoke_result_t<Act &, Strongroom &>> {
    using Answer = std::invoke_result_t<Act &, Strongroom &>;
    return m_worker.run([this, afterCommit, act = std::move(act)]() mutable -> Answer {
      if (!m_room) return fail(ErrorKind::Cancelled, "the vault is closed");
      store::Transaction transaction(*m_room->database);
      if (!transaction.began()) return fail(transaction.began().error());
      Answer answer = act(*m_room);
      if (!answer) return answer;
      if (const auto committed = transaction.commit(); !committed) return fail(committed.error());
      crashPoint(afterCommit);
      return answer;
    });
  }

 private:
  std::unique_ptr<Strongroom> m_room;  // touched on the worker's thread alone
  Worker m_worker;
};

}  // namespace gx::vault
