// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "server/domain/message_queue.h"
#include "server/sql/mailbox_book.h"

namespace gx::server::sql {

// The hot path's statements. Lives in the writer's thread; methods run inside a batch, beside other acts: what they
// return as failure is the store's, refusals stand in `answer` and leave nothing behind.
class MailboxWriter final {
 public:
  struct Limits {
    qint64 letters = 0;
    qint64 bytes = 0;
    int senders = 1;  // one account may use this part of a mailbox that is not its own
  };
  MailboxWriter(MailboxBook &book, Limits limits) : m_book(book), m_limits(limits) {}

  [[nodiscard]] Result<> append(SqlConnection &db, const domain::AppendRequest &request,
                                Result<domain::Appended> &answer);
  [[nodiscard]] Result<> acknowledge(SqlConnection &db, DeviceId device, const wire::MailAck &upTo, WallTime now,
                                     Result<domain::MailboxHead> &answer);
  // The letter with this id waits under this number. Anywhere.
  [[nodiscard]] static Result<bool> isWaiting(SqlConnection &db, DeviceId device, const wire::MailAck &place);

  struct Key {
    DeviceId device;
    ClientMessageId id;
  };
  // What was answered to this message before; nothing when it is new.
  [[nodiscard]] static Result<std::optional<Result<domain::Appended>>> accepted(SqlConnection &db, const Key &key,
                                                                                const QByteArray &bodyHash);

 private:
  [[nodiscard]] Result<std::optional<Error>> obstacle(SqlConnection &db, const domain::AppendRequest &request);
  [[nodiscard]] Result<std::optional<Error>> fullness(SqlConnection &db, const UserId &sender,
                                                      const domain::AppendRequest::Letter &letter,
                                                      const MailboxBook::Head &mailbox);
  [[nodiscard]] static Result<bool> insertMessage(SqlConnection &db, const domain::AppendRequest &request);
  [[nodiscard]] Result<> insertLetters(SqlConnection &db, const domain::AppendRequest &request,
                                       domain::Appended &appended);
  [[nodiscard]] static Result<> answerRepeated(SqlConnection &db, const domain::AppendRequest &request,
                                               const Error &otherwise, Result<domain::Appended> &answer);
  struct WaitingLetter {
    MessageId message;
    qint64 bytes = 0;
  };
  [[nodiscard]] static Result<> remove(SqlConnection &db, DeviceId device, qint64 seq,
                                       const std::vector<WaitingLetter> &letters, MailboxBook::Head &mailbox);
  [[nodiscard]] static Result<std::vector<WaitingLetter>> lettersUpTo(SqlConnection &db, DeviceId device, qint64 seq);
  [[nodiscard]] static Result<> noteDelivery(SqlConnection &db, DeviceId device,
                                             const std::vector<WaitingLetter> &letters, WallTime now);

  MailboxBook &m_book;
  Limits m_limits;
};

}  // namespace gx::server::sql
