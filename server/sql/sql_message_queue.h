// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/message_queue.h"
#include "server/sql/mailbox_writer.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

// Lives in the thread that made it and answers there: one for each network worker, all on one store.
class SqlMessageQueue final : public domain::MessageQueue {
 public:
  explicit SqlMessageQueue(SqlStore &store);
  ~SqlMessageQueue() override;

  void append(domain::AppendRequest request, AppendDone done) override;
  void acknowledge(DeviceId device, wire::MailAck upTo, AcknowledgeDone done) override;
  [[nodiscard]] Async<domain::Appended> accepted(DeviceId senderDevice, ClientMessageId id,
                                                 QByteArray bodyHash) override;
  [[nodiscard]] Async<wire::MailPage> page(DeviceId device, wire::MailAck after, int limit) override;
  [[nodiscard]] Async<domain::MailboxHead> head(DeviceId device) override;
  [[nodiscard]] Async<qint64> expireLetters(WallTime before, int limit) override;
  [[nodiscard]] Async<qint64> forgetAccepted(WallTime before, int limit) override;

 private:
  [[nodiscard]] static Result<domain::MailboxHead> readHead(SqlConnection &db, DeviceId device);
  [[nodiscard]] static Result<wire::MailPage> readPage(SqlConnection &db, DeviceId device, const wire::MailAck &after,
                                                       int limit);
  [[nodiscard]] static Result<qint64> expire(SqlConnection &db, MailboxBook &book, WallTime before, int limit);

  SqlStore &m_store;
  MailboxWriter m_writer;  // used in the writer's thread only
  CallQueue m_home;
};

}  // namespace gx::server::sql
