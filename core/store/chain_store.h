// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/model/device_address.h"
#include "core/store/database.h"

namespace gx::store {

struct OwnChain {
  quint64 lastSequence = 0;
  QByteArray lastHash;  // 32 bytes, zeros at the start

  bool operator==(const OwnChain &) const = default;
};

struct PeerChain {
  quint64 lastSequence = 0;
  quint64 hashSequence = 0;  // whose header hash lastHash is
  QByteArray lastHash;
  int breaks = 0;  // a previous hash that was not the one we had

  bool operator==(const PeerChain &) const = default;
};

struct ChainGap {
  quint64 first = 0;
  quint64 last = 0;

  bool operator==(const ChainGap &) const = default;
};

// Message chains per conversation: ours, and those of every sending device with what is missing of them.
class ChainStore final {
 public:
  explicit ChainStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<OwnChain> own(ConversationId conversation);
  [[nodiscard]] Result<> setOwn(ConversationId conversation, const OwnChain &chain);
  // All own chains leave room for what a restored store does not know that it sent.
  [[nodiscard]] Result<> skipOwn(quint64 count);

  [[nodiscard]] Result<PeerChain> peer(ConversationId conversation, const model::DeviceAddress &device);
  [[nodiscard]] Result<> setPeer(ConversationId conversation, const model::DeviceAddress &device,
                                 const PeerChain &chain);

  [[nodiscard]] Result<std::vector<ChainGap>> gaps(ConversationId conversation, const model::DeviceAddress &device);
  [[nodiscard]] Result<> addGap(ConversationId conversation, const model::DeviceAddress &device, const ChainGap &gap);
  // Takes one place out of the gaps.
  [[nodiscard]] Result<> fillGap(ConversationId conversation, const model::DeviceAddress &device, quint64 sequence);

 private:
  Database &m_database;
};

}  // namespace gx::store
