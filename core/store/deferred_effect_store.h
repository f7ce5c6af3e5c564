// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/model/device_address.h"
#include "core/store/database.h"

namespace gx::store {

// An effect on a message that is not here yet.
struct DeferredEffect {
  qint64 id = 0;  // given by put(); the order they came in
  ConversationId conversation;
  UserId targetUser;
  ClientMessageId target;
  model::DeviceAddress sender;
  QByteArray payload;  // encoded content
  WallTime sentAt{};
  WallTime keptAt{};

  bool operator==(const DeferredEffect &) const = default;
};

// Effects that wait for their message.
class DeferredEffectStore final {
 public:
  static constexpr int kMaxPerPerson = 200;

  explicit DeferredEffectStore(Database &database) : m_database(database) {}

  // One too many of a person is dropped.
  [[nodiscard]] Result<> put(const DeferredEffect &effect);
  // In the order they came; gone afterwards.
  [[nodiscard]] Result<std::vector<DeferredEffect>> take(UserId targetUser, ClientMessageId target);
  [[nodiscard]] Result<> forget(WallTime keptBefore);

 private:
  Database &m_database;
};

}  // namespace gx::store
