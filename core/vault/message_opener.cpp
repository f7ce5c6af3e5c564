// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_opener.h"

#include "core/vault/failed_letters.h"
#include "core/vault/letter_opening.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<qint64> MessageOpener::cursor() {
  return m_thread.run([](Strongroom &room) { return room.account.mailCursor(); });
}

Async<qint64> MessageOpener::rewind(qint64 head) {
  return m_thread.run([head](Strongroom &room) -> Result<qint64> {
    const auto cursor = room.account.mailCursor();
    if (!cursor || *cursor <= head) return cursor;
    if (const auto moved = room.account.resetMailCursor(); !moved) return fail(moved.error());
    return 0;
  });
}

Async<Opening> MessageOpener::open(Incoming letter) {
  return m_thread.run([letter](Strongroom &room) { return LetterOpening(room).open(letter); }, "C12");
}

Async<std::vector<UserId>> MessageOpener::heldSenders() {
  return m_thread.run([](Strongroom &room) { return room.quarantine.heldSenders(); });
}

Async<std::vector<Opening>> MessageOpener::reopenHeld(UserId user) {
  return m_thread.run([user](Strongroom &room) { return LetterOpening(room).reopenHeld(user); });
}

Async<std::optional<std::chrono::milliseconds>> MessageOpener::askAgain() {
  return m_thread.run([](Strongroom &room) { return FailedLetters(room).askAgain(); });
}

}  // namespace gx::vault
