// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/plaintext.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// The message chain of every sending device: notes what is missing, and recognizes a repetition by its place. Vault
// thread, inside the job's transaction.
class PeerChains final {
 public:
  explicit PeerChains(Strongroom &room) : m_room(room) {}

  // A letter opened. The one in quarantine that it replaces, if its place is that of one.
  [[nodiscard]] Result<std::optional<store::QuarantineRow>> advance(const model::ContentHeader &header);
  // A letter did not open: it takes the next place. Answers that place.
  [[nodiscard]] Result<quint64> reserve(ConversationId conversation, const model::DeviceAddress &sender);

 private:
  Strongroom &m_room;
};

}  // namespace gx::vault
