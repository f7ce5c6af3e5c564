// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/plaintext.h"
#include "core/vault/message_opener.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// What an opened letter changes: lines, marks, receipts, answers to retry requests; each only by whom it belongs to.
// Tells in `opening` what is to be shown anew. Vault thread, inside the job's transaction.
class ContentEffects final {
 public:
  ContentEffects(Strongroom &room, const Incoming &letter, Opening &opening)
      : m_room(room), m_letter(letter), m_opening(opening) {}

  // `replaced`: the letter in quarantine that this one repeats.
  [[nodiscard]] Result<> apply(const model::Plaintext &plaintext, const std::optional<store::QuarantineRow> &replaced);

 private:
  [[nodiscard]] Result<> addLine(const model::Plaintext &plaintext,
                                 const std::optional<store::QuarantineRow> &replaced);
  [[nodiscard]] Result<store::MessageRow> lineOf(const model::Plaintext &plaintext,
                                                 const std::optional<store::QuarantineRow> &replaced);
  [[nodiscard]] Result<> dropPlaceholder(const store::QuarantineRow &replaced);
  [[nodiscard]] Result<> applyDeferred(const store::MessageRow &line);
  [[nodiscard]] Result<> applyMark(const model::DeviceAddress &sender, const model::Content &content, WallTime sentAt);
  [[nodiscard]] Result<> applyReceipt(const model::Receipt &receipt, WallTime sentAt);
  [[nodiscard]] Result<> answerRetry(const model::RetryRequest &request);
  [[nodiscard]] Result<> defer(const model::DeviceAddress &sender, const model::Content &content, WallTime sentAt);
  [[nodiscard]] Result<> recountUnread();

  Strongroom &m_room;
  const Incoming &m_letter;
  Opening &m_opening;
};

}  // namespace gx::vault
