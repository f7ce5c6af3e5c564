// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/messenger/device_lists.h"

namespace gx::messenger {

// Fetches what sealing needs: device lists, bundles for devices without a session.
class RecipientDevices final {
 public:
  RecipientDevices(RelayAccess &access, DeviceLists &lists, vault::Vault &vault);

  // The item as sealed bytes, made now or before. Untrusted (trust_broken) when a recipient's devices are not to be
  // believed.
  [[nodiscard]] Async<vault::SealedMessage> seal(ClientMessageId item);
  // The same item after the relay named devices that do not fit.
  [[nodiscard]] Async<vault::SealedMessage> amend(ClientMessageId item, vault::DeviceMismatch mismatch);

 private:
  using Addresses = std::vector<model::DeviceAddress>;
  Async<vault::SealPlan> planWithManifests(ClientMessageId item);
  Async<std::vector<crypto::PreKeyBundle>> bundles(Addresses devices);
  Async<> refreshAll(std::vector<UserId> users);

  RelayAccess &m_access;
  DeviceLists &m_lists;
  vault::Vault &m_vault;
};

}  // namespace gx::messenger
