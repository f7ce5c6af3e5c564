// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/device_address.h"
#include "core/store/database.h"

namespace gx::store {

// What was opened before: letters by the relay's id, contents by their sender's id. Against delivering twice.
class ReceivedStore final {
 public:
  explicit ReceivedStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<bool> hasLetter(MessageId letter);
  [[nodiscard]] Result<> addLetter(MessageId letter, WallTime now);
  // True if it is new.
  [[nodiscard]] Result<bool> addContent(const model::DeviceAddress &sender, ClientMessageId id, WallTime now);
  [[nodiscard]] Result<> forget(WallTime before);

 private:
  Database &m_database;
};

}  // namespace gx::store
