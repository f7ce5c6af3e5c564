// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_sealer.h"

#include "core/vault/sealing.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<SealPlan> MessageSealer::plan(ClientMessageId item) {
  return m_thread.run([item](Strongroom &room) { return Sealing(room).plan(item); });
}

Async<std::vector<model::DeviceAddress>> MessageSealer::sessionless(std::vector<model::DeviceAddress> devices) {
  return m_thread.run([devices](Strongroom &room) { return Sealing(room).sessionless(devices); });
}

Async<SealedMessage> MessageSealer::seal(ClientMessageId item, std::vector<crypto::PreKeyBundle> bundles) {
  return m_thread.run([item, bundles](Strongroom &room) { return Sealing(room).seal(item, bundles); }, "C4");
}

Async<SealedMessage> MessageSealer::amend(ClientMessageId item, DeviceMismatch mismatch,
                                          std::vector<crypto::PreKeyBundle> bundles) {
  return m_thread.run(
      [item, mismatch, bundles](Strongroom &room) { return Sealing(room).amend(item, mismatch, bundles); });
}

}  // namespace gx::vault
