// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/vault/message_opener.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// Letters that did not open: kept with a placeholder line, asked for again over a new session (SECURITY.md 3f). Vault
// thread, inside the job's transaction.
class FailedLetters final {
 public:
  static constexpr int kMaxTries = 5;

  explicit FailedLetters(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<Opening> keep(const Incoming &letter, const QByteArray &cause);
  [[nodiscard]] Result<std::optional<std::chrono::milliseconds>> askAgain();

 private:
  // Asks for it, or leaves it for later where its device was asked for too many just now.
  [[nodiscard]] Result<bool> ask(store::QuarantineRow &row);
  [[nodiscard]] Result<> placeLine(const Incoming &letter, store::QuarantineRow &row, Opening &opening);
  [[nodiscard]] Result<> renewSession(const model::DeviceAddress &device);
  [[nodiscard]] Result<> insertPlaceholder(const store::QuarantineRow &row);

  Strongroom &m_room;
};

}  // namespace gx::vault
