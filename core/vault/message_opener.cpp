// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_opener.h"

#include "core/vault/failed_letters.h"
#include "core/vault/letter_opening.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<model::MailCursor> MessageOpener::cursor() {
  return m_thread.run([](Strongroom &room) { return room.account.mailCursor(); });
}

Async<bool> MessageOpener::rewind(qint64 acked) {
  return m_thread.run([acked](Strongroom &room) -> Result<bool> {
    const auto cursor = room.account.mailCursor();
    if (!cursor) return fail(cursor.error());
    if (cursor->seq <= acked) return false;
    if (const auto moved = room.account.rewindMailCursor(acked); !moved) return fail(moved.error());
    return true;
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
