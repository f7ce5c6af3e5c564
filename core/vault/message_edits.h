// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/content.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// What edits, deletions and reactions do to a line, the same for our own and for received ones. Who may do it is
// checked before. Vault thread, inside the job's transaction.
class MessageEdits final {
 public:
  explicit MessageEdits(Strongroom &room) : m_room(room) {}

  // Text, quote or placeholder of a new line.
  static void fill(store::MessageRow &line, const model::Content &content);

  // Conflict: deleted, nothing to edit, older than 24 hours, or older than the last edit.
  [[nodiscard]] Result<> edit(store::MessageRow &line, const QString &text, WallTime when);
  // The text, its reactions and the excerpts of it in replies. Of an erased one again: nothing.
  [[nodiscard]] Result<> erase(store::MessageRow &line);
  // Conflict on a deleted line.
  [[nodiscard]] Result<> react(const store::MessageRow &line, UserId user, const model::Reaction &reaction);

 private:
  Strongroom &m_room;
};

}  // namespace gx::vault
