// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <optional>

#include "server/sql/batch_memory.h"

namespace gx::server::sql {

// Heads of mailboxes and device generations of accounts as the running transaction sees them, kept in memory so that an
// append reads nothing. Lives in the writer's thread.
class MailboxBook final : public BatchMemory {
 public:
  struct Head {
    qint64 head = 0;
    qint64 acked = 0;
    qint64 expired = 0;
    qint64 letters = 0;
    qint64 bytes = 0;
    bool isChanged = false;
  };
  // What waits in a mailbox from one account.
  struct Share {
    qint64 letters = 0;
    qint64 bytes = 0;
  };
  explicit MailboxBook(qsizetype limit = 200'000) : m_limit(limit) {}

  // Null when the device has no mailbox. Valid until the next call. Set isChanged after writing to it.
  [[nodiscard]] Result<Head *> headOf(SqlConnection &db, DeviceId device);
  [[nodiscard]] Result<qint64> generationOf(SqlConnection &db, const UserId &user);

  // Counted at the first question, kept afterwards: whoever adds a letter counts it by added(), whoever removes some
  // calls forgetShares().
  [[nodiscard]] Result<Share> shareOf(SqlConnection &db, DeviceId device, const UserId &sender);
  void added(DeviceId device, const UserId &sender, qint64 bytes);
  void forgetShares(DeviceId device) { m_shares.remove(device); }

  // Whoever changes the rows themselves says so.
  void forget(DeviceId device) {
    m_heads.remove(device);
    m_shares.remove(device);
  }
  void forget(const UserId &user) { m_generations.remove(user); }

  [[nodiscard]] Result<> flush(SqlConnection &db) override;
  void forgetAll() override;

 private:
  qsizetype m_limit;
  QHash<DeviceId, Head> m_heads;
  QHash<UserId, qint64> m_generations;
  QHash<DeviceId, QHash<UserId, Share>> m_shares;
  QList<DeviceId> m_touched;  // since the last flush; may name one twice
};

}  // namespace gx::server::sql
