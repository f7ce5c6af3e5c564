// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/plaintext.h"
#include "core/vault/message_sealer.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// Content for devices: S2. Vault thread, inside the job's transaction.
class Sealing final {
 public:
  explicit Sealing(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<SealPlan> plan(ClientMessageId item);
  [[nodiscard]] Result<std::vector<model::DeviceAddress>> sessionless(const std::vector<model::DeviceAddress> &devices);
  [[nodiscard]] Result<SealedMessage> seal(ClientMessageId item, const std::vector<crypto::PreKeyBundle> &bundles);
  [[nodiscard]] Result<SealedMessage> amend(ClientMessageId item, const DeviceMismatch &mismatch,
                                            const std::vector<crypto::PreKeyBundle> &bundles);

 private:
  [[nodiscard]] Result<store::OutboxRow> find(ClientMessageId item);
  [[nodiscard]] Result<SealPlan> planFor(ConversationId conversation);
  [[nodiscard]] Result<> addDevicesOf(UserId user, const model::DeviceAddress &self, SealPlan &plan);
  [[nodiscard]] Result<bool> needsBundle(const model::DeviceAddress &device);
  [[nodiscard]] Result<> startSession(const model::DeviceAddress &device,
                                      const std::vector<crypto::PreKeyBundle> &bundles);
  [[nodiscard]] Result<model::ContentHeader> takeChainPlace(store::OutboxRow &item);
  [[nodiscard]] Result<model::ContentHeader> headerOf(const store::OutboxRow &item);
  [[nodiscard]] Result<model::ManifestStamp> stampOf(UserId user);
  [[nodiscard]] Result<> sealFor(const model::DeviceAddress &device, model::Plaintext plaintext,
                                 const store::OutboxRow &item);
  [[nodiscard]] Result<> dropExtra(const store::OutboxRow &item, const std::vector<model::DeviceAddress> &extra);
  [[nodiscard]] Result<SealedMessage> stored(const store::OutboxRow &item);

  Strongroom &m_room;
};

}  // namespace gx::vault
