// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/model/device_address.h"
#include "core/store/database.h"

namespace gx::store {

struct ResendRow {
  ClientMessageId id;  // inside the encryption
  ConversationId conversation;
  QByteArray payload;  // encoded content
  WallTime sentAt{};
  quint64 chainSequence = 0;  // 0 until it was sealed
  QByteArray previousHash{};
  WallTime madeAt{};

  bool operator==(const ResendRow &) const = default;
};

// What was sent, for devices that could not open it: kept 14 days, or until all of them said that they have it.
class ResendStore final {
 public:
  explicit ResendStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<> insert(const ResendRow &row);
  [[nodiscard]] Result<> setChain(ClientMessageId id, quint64 chainSequence, const QByteArray &previousHash);
  [[nodiscard]] Result<std::optional<ResendRow>> row(ClientMessageId id);
  [[nodiscard]] Result<> remove(ClientMessageId id);
  [[nodiscard]] Result<> forget(WallTime madeBefore);

  // A letter of the relay that carried it.
  [[nodiscard]] Result<> addLetter(ClientMessageId id, MessageId letter);
  [[nodiscard]] Result<std::optional<ClientMessageId>> carriedBy(MessageId letter);

  [[nodiscard]] Result<> addTarget(ClientMessageId id, const model::DeviceAddress &device);
  // How often the device was answered; nothing if it was never sent this.
  [[nodiscard]] Result<std::optional<int>> answers(ClientMessageId id, const model::DeviceAddress &device);
  [[nodiscard]] Result<> countAnswer(ClientMessageId id, const model::DeviceAddress &device);
  [[nodiscard]] Result<> markDelivered(ClientMessageId id, const model::DeviceAddress &device);
  // False while somebody has not said so; also if nobody is named.
  [[nodiscard]] Result<bool> isDeliveredToAll(ClientMessageId id);

 private:
  Database &m_database;
};

}  // namespace gx::store
