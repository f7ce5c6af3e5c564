// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "core/base/async.h"
#include "core/base/call_queue.h"
#include "core/base/duration_histogram.h"
#include "server/sql/batch_memory.h"
#include "server/sql/sql_connection.h"
#include "server/sql/sql_transaction.h"

namespace gx::server::sql {

// The one durable writer: a thread that puts whatever queued while its last commit ran into the next transaction, at
// most kBatch acts. No timer: an idle writer commits at once. Nobody hears of an act before it is durable. Acts run in
// order of submission. Destruction finishes what is queued, then joins.
class GroupWriter final {
 public:
  static constexpr std::size_t kBatch = 512;

  struct Act {
    CallQueue *home = nullptr;  // in whose thread `done` is called; outlives the act
    // In the writer's thread, inside the transaction. An isolated act may fail at any point and leaves nothing; any
    // other must keep refusals to itself and fail only where the store did: then the whole batch fails.
    std::function<Result<>(SqlConnection &)> run;
    std::function<void(const Result<> &)> done;
    bool isIsolated = true;
    const char *crashPoint = nullptr;  // passed after the commit, before anybody is told
  };
  struct Counters {
    quint64 batches = 0;
    quint64 acts = 0;
    quint64 failedBatches = 0;
    DurationHistogram commits{};  // how long COMMIT took until all was on disk, or failed
  };

  // Opens the database in the writer's thread. `memory` outlives the writer.
  [[nodiscard]] static Result<std::unique_ptr<GroupWriter>> start(const QString &path, BatchMemory &memory);
  ~GroupWriter();
  GroupWriter(const GroupWriter &) = delete;
  GroupWriter &operator=(const GroupWriter &) = delete;

  void submit(Act act);  // from any thread
  // Returns when nothing is queued or running any more: before a `home` dies.
  void drain();

  // An isolated act with a value: function(SqlConnection &) → Result<T>. From the thread that made the writer.
  template <typename F>
  [[nodiscard]] auto write(F function) -> QCoro::Task<std::invoke_result_t<F, SqlConnection &>> {
    return hop<std::invoke_result_t<F, SqlConnection &>>(this, std::move(function));
  }

  [[nodiscard]] Counters counters() const;

 private:
  template <typename R>
  struct Hop {
    GroupWriter *writer;
    std::function<R(SqlConnection &)> function;
    R value{};

    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
      Act act;
      act.home = writer->m_home.get();
      act.run = [this](SqlConnection &db) -> Result<> {
        value = function(db);
        if (!value) return fail(value.error());
        return {};
      };
      act.done = [this, waiter](const Result<> &outcome) {
        if (!outcome) value = fail(outcome.error());
        waiter.resume();
      };
      writer->submit(std::move(act));
    }
    R await_resume() { return std::move(value); }
  };
  template <typename R>
  static QCoro::Task<R> hop(GroupWriter *writer, std::function<R(SqlConnection &)> function) {
    Hop<R> hopping{writer, std::move(function)};
    R value = co_await hopping;
    co_return value;
  }

  explicit GroupWriter(BatchMemory &memory);
  void loop(const QString &path, std::function<void(Result<>)> opened);
  void work(SqlConnection &db);
  void runBatch(SqlConnection &db, std::vector<Act> &batch);
  [[nodiscard]] Result<> runActs(SqlConnection &db, std::span<Act> batch, std::vector<Result<>> &outcomes);
  [[nodiscard]] Result<> commit(SqlTransaction &transaction);
  [[nodiscard]] Result<> runIsolated(SqlConnection &db, Act &act, Result<> &outcome);
  static void tell(std::vector<Act> &batch, std::vector<Result<>> &outcomes);

  BatchMemory &m_memory;
  std::unique_ptr<CallQueue> m_home;
  mutable std::mutex m_mutex;
  std::condition_variable m_wake;
  std::condition_variable m_idle;
  std::deque<Act> m_acts;
  Counters m_counters;
  bool m_isBusy = false;
  bool m_isStopping = false;
  std::thread m_thread;
};

}  // namespace gx::server::sql
