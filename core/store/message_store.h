// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/model/message.h"
#include "core/store/database.h"

namespace gx::store {

// Lines not yet accepted by the relay stand behind all others: their sort time is this and more.
inline constexpr qint64 kUnplaced = qint64{1} << 60;

// Where a line stands in its conversation; a total order.
struct MessagePlace {
  qint64 sortTime = 0;
  DeviceId device;
  quint64 chainSequence = 0;
  ClientMessageId id;

  auto operator<=>(const MessagePlace &) const = default;
};

struct MessageRow {
  qint64 id = 0;           // of the table
  model::Message message;  // without its reactions
  std::optional<UserId> quotedUser{};
  QString excerpt{};
  QByteArray raw{};  // body of an unsupported kind
  bool isUnread = false;
  quint64 chainSequence = 0;
  qint64 sortTime = 0;

  [[nodiscard]] MessagePlace place() const { return {sortTime, message.sender.device, chainSequence, message.id}; }
  bool operator==(const MessageRow &) const = default;
};

// Lines of history.
class MessageStore final {
 public:
  explicit MessageStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<MessageRow>> message(UserId author, ClientMessageId id);
  // By the table's id.
  [[nodiscard]] Result<std::optional<MessageRow>> row(qint64 id);
  // Of any author.
  [[nodiscard]] Result<std::vector<MessageRow>> byClientId(ConversationId conversation, ClientMessageId id);
  [[nodiscard]] Result<std::optional<MessageRow>> newest(ConversationId conversation);
  // Oldest first: the last `limit` before, or the first `limit` after; without a bound the newest.
  [[nodiscard]] Result<std::vector<MessageRow>> before(ConversationId conversation, const MessagePlace &bound,
                                                       int limit);
  [[nodiscard]] Result<std::vector<MessageRow>> after(ConversationId conversation, const MessagePlace &bound,
                                                      int limit);

  // Answers the row's id.
  [[nodiscard]] Result<qint64> insert(const MessageRow &row);
  [[nodiscard]] Result<> update(const MessageRow &row);
  [[nodiscard]] Result<> remove(qint64 id);

  // `time`, moved between the neighbours of the same sender's chain, so that they never go backwards.
  [[nodiscard]] Result<qint64> placeInChain(ConversationId conversation, DeviceId device, quint64 chainSequence,
                                            qint64 time);
  // The greatest sort time of a placed line, 0 if there is none.
  [[nodiscard]] Result<qint64> lastPlaced(ConversationId conversation);

  // Received and not shown yet, up to `bound`, oldest first.
  [[nodiscard]] Result<std::vector<MessageRow>> unread(ConversationId conversation, const MessagePlace &bound);
  [[nodiscard]] Result<int> countUnread(ConversationId conversation);
  // What replies carry of a message that was deleted.
  [[nodiscard]] Result<> clearExcerptsOf(UserId author, ClientMessageId id);

 private:
  Database &m_database;
};

}  // namespace gx::store
