// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/device_keys.h"

#include "core/crypto/signing.h"
#include "core/vault/prekey_upkeep.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

Async<OwnIdentity> DeviceKeys::identity() {
  return m_thread.run([](Strongroom &room) -> Result<OwnIdentity> {
    return OwnIdentity{room.identity.publicKey, room.identity.registrationId};
  });
}

Async<KeyBatch> DeviceKeys::uploadBatch(int wantedPreKeys) {
  return m_thread.run([wantedPreKeys](Strongroom &room) { return PreKeyUpkeep(room).uploadBatch(wantedPreKeys); });
}

Async<> DeviceKeys::uploadConfirmed(qint64 batchNumber) {
  return m_thread.run([batchNumber](Strongroom &room) { return PreKeyUpkeep(room).confirm(batchNumber); });
}

Async<bool> DeviceKeys::rotateSignedPreKeyIfDue() {
  return m_thread.run([](Strongroom &room) { return PreKeyUpkeep(room).rotateIfDue(); });
}

Async<bool> DeviceKeys::holdsAll(KeyAudit audit) {
  return m_thread.run([audit](Strongroom &room) { return PreKeyUpkeep(room).holdsAll(audit); });
}

Async<> DeviceKeys::resetAll() {
  return m_thread.run([](Strongroom &room) { return PreKeyUpkeep(room).resetAll(); });
}

Async<QByteArray> DeviceKeys::sign(QByteArray bytes) {
  return m_thread.run([bytes](Strongroom &room) { return crypto::sign(*room.context, room.identity, bytes); });
}

}  // namespace gx::vault
