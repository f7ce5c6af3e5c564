// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/clock.h"
#include "server/sql/folder_lock.h"
#include "server/sql/group_writer.h"
#include "server/sql/mailbox_book.h"
#include "server/sql/sql_pool.h"

namespace gx::server::sql {

struct SqlStoreSettings {
  QString folder;
  QByteArray environment;
  int readers = 2;
  // Of one mailbox; the protocol's limits, lower in tests.
  int mailboxLetters = 0;   // 0: limits::kMailboxEnvelopes
  qint64 mailboxBytes = 0;  // 0: limits::kMailboxBytes
  int mailboxSenders = 0;   // 0: limits::kMailboxSenders
};

// The embedded store of a relay: one data folder, one process, one writer, a few readers. What the repositories stand
// on.
class SqlStore final {
 public:
  // Locked when another process uses the folder, Unsupported for a newer schema, Conflict other_environment.
  [[nodiscard]] static Result<std::unique_ptr<SqlStore>> open(SqlStoreSettings settings, Clock &clock);
  ~SqlStore();

  template <typename F>
  [[nodiscard]] auto read(F function) {
    return m_pool->run(std::move(function));
  }
  template <typename F>
  [[nodiscard]] auto write(F function) {
    return m_writer->write(std::move(function));
  }
  [[nodiscard]] GroupWriter &writer() { return *m_writer; }
  [[nodiscard]] const SqlPool &pool() const { return *m_pool; }
  [[nodiscard]] MailboxBook &book() { return m_book; }  // in the writer's thread only
  [[nodiscard]] const SqlStoreSettings &settings() const { return m_settings; }
  [[nodiscard]] Clock &clock() { return m_clock; }
  [[nodiscard]] QString path() const;  // of the database file

 private:
  SqlStore(SqlStoreSettings settings, Clock &clock) : m_settings(std::move(settings)), m_clock(clock) {}
  [[nodiscard]] Result<> prepare();

  SqlStoreSettings m_settings;
  Clock &m_clock;
  std::unique_ptr<FolderLock> m_lock;
  MailboxBook m_book;
  std::unique_ptr<GroupWriter> m_writer;
  std::unique_ptr<SqlPool> m_pool;
};

}  // namespace gx::server::sql
