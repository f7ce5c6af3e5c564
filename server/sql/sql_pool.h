// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "core/base/worker.h"
#include "server/sql/sql_connection.h"

namespace gx::server::sql {

// Reading threads with one connection each; the least busy one takes the next function. Lives in the thread that made
// it.
class SqlPool final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SqlPool>> open(const QString &path, int readers);
  ~SqlPool();
  SqlPool(const SqlPool &) = delete;
  SqlPool &operator=(const SqlPool &) = delete;

  // function(SqlConnection &) → Result<T>, inside one read transaction: it sees one state of the database.
  template <typename F>
  [[nodiscard]] auto run(F function) -> QCoro::Task<std::invoke_result_t<F, SqlConnection &>> {
    using R = std::invoke_result_t<F, SqlConnection &>;
    Reader *reader = leastBusy();
    ++reader->load;
    return reader->worker->run([reader, function = std::move(function)]() mutable -> R {
      R value = reading<R>(*reader->connection, function);
      --reader->load;
      return value;
    });
  }

  [[nodiscard]] int waiting() const;  // functions queued or running

 private:
  struct Reader {
    std::unique_ptr<Worker> worker;
    std::unique_ptr<SqlConnection> connection;  // touched in the worker's thread only
    std::atomic<int> load{0};
  };
  template <typename R, typename F>
  static R reading(SqlConnection &db, F &function) {
    if (auto begun = db.query("BEGIN").change(); !begun) return fail(begun.error());
    R value = function(db);
    if (auto ended = db.query("COMMIT").change(); !ended && value) return fail(ended.error());
    return value;
  }
  SqlPool() = default;
  [[nodiscard]] Reader *leastBusy() const;

  std::vector<std::unique_ptr<Reader>> m_readers;
};

}  // namespace gx::server::sql
