// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/peer_chains.h"

#include "core/base/logging.h"
#include "core/model/plaintext_codec.h"

namespace gx::vault {

Result<std::optional<store::QuarantineRow>> PeerChains::advance(const model::ContentHeader &header) {
  const ConversationId where = header.conversation;
  auto chain = m_room.chains.peer(where, header.sender);
  if (!chain) return fail(chain.error());
  const quint64 place = header.chainSequence;
  if (place == chain->hashSequence + 1 && chain->hashSequence > 0 && header.previousHash != chain->lastHash) {
    ++chain->breaks;
    qCWarning(lcVault) << "a message does not follow the one before:" << shortId(header.sender.user);
  }
  if (place > chain->lastSequence) {
    // Of a device not heard of before nothing is missing: it may have talked before we were there.
    if (chain->lastSequence > 0 && place > chain->lastSequence + 1)
      if (const auto noted = m_room.chains.addGap(where, header.sender, {chain->lastSequence + 1, place - 1}); !noted)
        return fail(noted.error());
    chain->lastSequence = place;
  } else if (const auto filled = m_room.chains.fillGap(where, header.sender, place); !filled) {
    return fail(filled.error());
  }
  if (place > chain->hashSequence) {
    chain->hashSequence = place;
    chain->lastHash = model::headerHash(header);
  }
  if (const auto set = m_room.chains.setPeer(where, header.sender, *chain); !set) return fail(set.error());
  auto replaced = m_room.quarantine.waitingAt(where, header.sender, place);
  if (!replaced || !*replaced) return replaced;
  if (const auto removed = m_room.quarantine.remove((*replaced)->letter); !removed) return fail(removed.error());
  return replaced;
}

Result<quint64> PeerChains::reserve(ConversationId conversation, const model::DeviceAddress &sender) {
  auto chain = m_room.chains.peer(conversation, sender);
  if (!chain) return fail(chain.error());
  ++chain->lastSequence;
  if (const auto set = m_room.chains.setPeer(conversation, sender, *chain); !set) return fail(set.error());
  return chain->lastSequence;
}

}  // namespace gx::vault
