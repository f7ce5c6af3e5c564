// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_pool.h"

#include <algorithm>
#include <future>
#include <numeric>

namespace gx::server::sql {

Result<std::unique_ptr<SqlPool>> SqlPool::open(const QString &path, int readers) {
  std::unique_ptr<SqlPool> pool(new SqlPool);
  for (int i = 0; i < readers; ++i) {
    Reader *reader = pool->m_readers.emplace_back(std::make_unique<Reader>()).get();
    reader->worker = std::make_unique<Worker>("sql-reader-" + QByteArray::number(i));
    std::promise<Result<>> opened;
    reader->worker->post([&] {
      auto connection = SqlConnection::openSqlite(path, SqlAccess::Read);
      if (connection) reader->connection = std::move(*connection);
      opened.set_value(connection ? Result<>{} : Result<>(fail(connection.error())));
    });
    if (auto outcome = opened.get_future().get(); !outcome) return fail(outcome.error());
  }
  return pool;
}

SqlPool::~SqlPool() {
  for (const auto &reader : m_readers) {
    reader->worker->post([&reader] { reader->connection.reset(); });
    reader->worker.reset();
  }
}

int SqlPool::waiting() const {
  return std::accumulate(m_readers.begin(), m_readers.end(), 0,
                         [](int sum, const auto &reader) { return sum + reader->load.load(); });
}

SqlPool::Reader *SqlPool::leastBusy() const {
  return std::ranges::min_element(m_readers, {}, [](const auto &reader) { return reader->load.load(); })->get();
}

}  // namespace gx::server::sql
