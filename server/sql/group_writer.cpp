// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/group_writer.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <iterator>

#include "core/base/crash_point.h"
#include "core/base/logging.h"

namespace gx::server::sql {

GroupWriter::GroupWriter(BatchMemory &memory) : m_memory(memory), m_home(std::make_unique<CallQueue>()) {}

Result<std::unique_ptr<GroupWriter>> GroupWriter::start(const QString &path, BatchMemory &memory) {
  std::unique_ptr<GroupWriter> writer(new GroupWriter(memory));
  std::promise<Result<>> promise;
  auto opened = promise.get_future();
  writer->m_thread = std::thread([self = writer.get(), path, &promise] {
    self->loop(path, [&](Result<> r) { promise.set_value(std::move(r)); });
  });
  if (auto outcome = opened.get(); !outcome) return fail(outcome.error());
  return writer;
}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(m_mutex);
    m_isStopping = true;
  }
  m_wake.notify_one();
  if (m_thread.joinable()) m_thread.join();
}

void GroupWriter::submit(Act act) {
  bool wasIdle = false;
  {
    const std::lock_guard lock(m_mutex);
    wasIdle = m_acts.empty();
    m_acts.push_back(std::move(act));
  }
  if (wasIdle) m_wake.notify_one();
}

void GroupWriter::drain() {
  std::unique_lock lock(m_mutex);
  m_idle.wait(lock, [this] { return m_acts.empty() && !m_isBusy; });
}

GroupWriter::Counters GroupWriter::counters() const {
  const std::lock_guard lock(m_mutex);
  return m_counters;
}

void GroupWriter::loop(const QString &path, std::function<void(Result<>)> opened) {
  pthread_setname_np(pthread_self(), "sql-writer");
  auto db = SqlConnection::openSqlite(path, SqlAccess::Write);
  if (!db) return opened(fail(db.error()));
  opened({});
  work(**db);
}

void GroupWriter::work(SqlConnection &db) {
  std::vector<Act> batch;
  for (;;) {
    {
      std::unique_lock lock(m_mutex);
      m_isBusy = false;
      if (m_acts.empty()) m_idle.notify_all();
      m_wake.wait(lock, [this] { return m_isStopping || !m_acts.empty(); });
      if (m_acts.empty()) return;
      m_isBusy = true;
      const auto count = std::ptrdiff_t(std::min(kBatch, m_acts.size()));
      std::move(m_acts.begin(), m_acts.begin() + count, std::back_inserter(batch));
      m_acts.erase(m_acts.begin(), m_acts.begin() + count);
    }
    runBatch(db, batch);
    batch.clear();
  }
}

void GroupWriter::runBatch(SqlConnection &db, std::vector<Act> &batch) {
  std::vector<Result<>> outcomes(batch.size());
  const Result<> committed = runActs(db, batch, outcomes);
  if (!committed) {
    qCWarning(lcServerSql) << "a batch was not stored:" << describe(committed.error());
    m_memory.forgetAll();
    std::ranges::fill(outcomes, committed);
  }
  {
    const std::lock_guard lock(m_mutex);
    ++m_counters.batches;
    m_counters.acts += batch.size();
    if (!committed) ++m_counters.failedBatches;
  }
  if (committed)
    for (const Act &act : batch)
      if (act.crashPoint) crashPoint(act.crashPoint);
  tell(batch, outcomes);
}

Result<> GroupWriter::runActs(SqlConnection &db, std::span<Act> batch, std::vector<Result<>> &outcomes) {
  auto transaction = SqlTransaction::begin(db);
  if (!transaction) return fail(transaction.error());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Result<> stored = batch[i].isIsolated ? runIsolated(db, batch[i], outcomes[i]) : batch[i].run(db);
    if (!stored) return stored;
  }
  if (auto flushed = m_memory.flush(db); !flushed) return flushed;
  return commit(**transaction);
}

Result<> GroupWriter::commit(SqlTransaction &transaction) {
  const auto begun = std::chrono::steady_clock::now();
  Result<> committed = transaction.commit();
  const auto took = std::chrono::steady_clock::now() - begun;
  const std::lock_guard lock(m_mutex);
  m_counters.commits.add(took);
  return committed;
}

Result<> GroupWriter::runIsolated(SqlConnection &db, Act &act, Result<> &outcome) {
  if (auto flushed = m_memory.flush(db); !flushed) return flushed;
  if (auto marked = db.query("SAVEPOINT act").change(); !marked) return fail(marked.error());
  outcome = act.run(db);
  if (!outcome) {
    if (auto undone = db.query("ROLLBACK TO act").change(); !undone) return fail(outcome.error());
  }
  if (auto released = db.query("RELEASE act").change(); !released) return fail(released.error());
  return {};
}

void GroupWriter::tell(std::vector<Act> &batch, std::vector<Result<>> &outcomes) {
  struct Told {
    CallQueue *home;
    std::vector<std::pair<std::function<void(const Result<> &)>, Result<>>> calls;
  };
  std::vector<Told> homes;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!batch[i].home) continue;
    auto at = std::ranges::find(homes, batch[i].home, &Told::home);
    if (at == homes.end()) at = homes.insert(homes.end(), Told{batch[i].home, {}});
    at->calls.emplace_back(std::move(batch[i].done), std::move(outcomes[i]));
  }
  for (Told &told : homes) {
    told.home->post([calls = std::move(told.calls)] {
      for (const auto &[done, outcome] : calls) done(outcome);
    });
  }
}

}  // namespace gx::server::sql
