// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/plaintext.h"
#include "core/vault/message_opener.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// One letter: seen-check, decrypt, checks, chain, effects, receipt, cursor. Vault thread, inside the job's transaction.
class LetterOpening final {
 public:
  explicit LetterOpening(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<Opening> open(const Incoming &letter);
  [[nodiscard]] Result<std::vector<Opening>> reopenHeld(UserId user);

 private:
  [[nodiscard]] Result<Opening> process(const Incoming &letter);
  [[nodiscard]] Result<Opening> hold(const Incoming &letter, const QByteArray &cause);
  // Its account used up its time: later.
  [[nodiscard]] Result<Opening> defer(const Incoming &letter);
  [[nodiscard]] Result<Opening> discard(const Incoming &letter, const QByteArray &cause);
  // Nothing of the attempt stays but the letter itself.
  [[nodiscard]] Result<Opening> refuse(const Incoming &letter, const Error &why);
  [[nodiscard]] Result<model::Plaintext> decrypt(const Incoming &letter, Opening &opening);
  [[nodiscard]] Result<> checkHeader(const Incoming &letter, const model::ContentHeader &header);
  [[nodiscard]] Result<> noteFork(const model::ContentHeader &header, Opening &opening);
  [[nodiscard]] Result<> checkStamps(const model::ContentHeader &header, Opening &opening);
  [[nodiscard]] Result<Opening> take(const Incoming &letter, const model::Plaintext &plaintext, Opening opening);

  Strongroom &m_room;
};

}  // namespace gx::vault
