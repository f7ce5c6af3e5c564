// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/chain_store.h"

namespace gx::store {

Result<OwnChain> ChainStore::own(ConversationId conversation) {
  const auto chain =
      m_database.statement("SELECT last_seq, last_hash FROM own_chain WHERE conversation = :conversation")
          .bind(":conversation", conversation)
          .first([](const Statement &row) { return OwnChain{static_cast<quint64>(row.number(0)), row.bytes(1)}; });
  if (!chain) return fail(chain.error());
  return chain->value_or(OwnChain{0, QByteArray(32, '\0')});
}

Result<> ChainStore::setOwn(ConversationId conversation, const OwnChain &chain) {
  return m_database
      .statement(
          "INSERT OR REPLACE INTO own_chain(conversation, last_seq, last_hash) VALUES (:conversation, :seq, :hash)")
      .bind(":conversation", conversation)
      .bind(":seq", chain.lastSequence)
      .bind(":hash", chain.lastHash)
      .run();
}

Result<> ChainStore::skipOwn(quint64 count) {
  return m_database.statement("UPDATE own_chain SET last_seq = last_seq + :count").bind(":count", count).run();
}

Result<PeerChain> ChainStore::peer(ConversationId conversation, const model::DeviceAddress &device) {
  const auto chain = m_database
                         .statement(
                             "SELECT last_seq, hash_seq, last_hash, breaks FROM peer_chain "
                             "WHERE conversation = :conversation AND user = :user AND device = :device")
                         .bind(":conversation", conversation)
                         .bind(":user", device.user)
                         .bind(":device", device.device)
                         .first([](const Statement &row) {
                           return PeerChain{static_cast<quint64>(row.number(0)), static_cast<quint64>(row.number(1)),
                                            row.bytes(2), row.integer(3)};
                         });
  if (!chain) return fail(chain.error());
  return chain->value_or(PeerChain{0, 0, QByteArray(32, '\0'), 0});
}

Result<> ChainStore::setPeer(ConversationId conversation, const model::DeviceAddress &device, const PeerChain &chain) {
  return m_database
      .statement(
          "INSERT OR REPLACE INTO peer_chain(conversation, user, device, last_seq, hash_seq, last_hash, breaks) "
          "VALUES (:conversation, :user, :device, :seq, :hash_seq, :hash, :breaks)")
      .bind(":conversation", conversation)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .bind(":seq", chain.lastSequence)
      .bind(":hash_seq", chain.hashSequence)
      .bind(":hash", chain.lastHash)
      .bind(":breaks", chain.breaks)
      .run();
}

Result<std::vector<ChainGap>> ChainStore::gaps(ConversationId conversation, const model::DeviceAddress &device) {
  return m_database
      .statement(
          "SELECT first_seq, last_seq FROM chain_gap "
          "WHERE conversation = :conversation AND user = :user AND device = :device ORDER BY first_seq")
      .bind(":conversation", conversation)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .all([](const Statement &row) {
        return ChainGap{static_cast<quint64>(row.number(0)), static_cast<quint64>(row.number(1))};
      });
}

Result<> ChainStore::addGap(ConversationId conversation, const model::DeviceAddress &device, const ChainGap &gap) {
  return m_database
      .statement(
          "INSERT OR REPLACE INTO chain_gap(conversation, user, device, first_seq, last_seq) "
          "VALUES (:conversation, :user, :device, :first, :last)")
      .bind(":conversation", conversation)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .bind(":first", gap.first)
      .bind(":last", gap.last)
      .run();
}

Result<> ChainStore::fillGap(ConversationId conversation, const model::DeviceAddress &device, quint64 sequence) {
  const auto all = gaps(conversation, device);
  if (!all) return fail(all.error());
  for (const ChainGap &gap : *all) {
    if (sequence < gap.first || sequence > gap.last) continue;
    const auto removed = m_database
                             .statement(
                                 "DELETE FROM chain_gap WHERE conversation = :conversation AND user = :user AND "
                                 "device = :device AND first_seq = :first")
                             .bind(":conversation", conversation)
                             .bind(":user", device.user)
                             .bind(":device", device.device)
                             .bind(":first", gap.first)
                             .run();
    if (!removed) return removed;
    if (gap.first < sequence)
      if (const auto left = addGap(conversation, device, {gap.first, sequence - 1}); !left) return left;
    if (sequence < gap.last) return addGap(conversation, device, {sequence + 1, gap.last});
    return {};
  }
  return {};
}

}  // namespace gx::store
