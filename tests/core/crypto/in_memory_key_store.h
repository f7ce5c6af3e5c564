// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <map>
#include <set>

#include "core/crypto/key_store.h"

namespace gx::test {

// A KeyStore in maps. A copy is a snapshot: assign it back to roll back.
class InMemoryKeyStore final : public crypto::KeyStore {
 public:
  std::map<model::DeviceAddress, curve::PublicKey> manifest;  // the trusted identities
  std::map<model::DeviceAddress, QByteArray> sessions;
  std::map<model::DeviceAddress, QByteArray> quarantine;
  std::map<quint32, crypto::StoredPreKey> preKeys;
  std::map<quint32, crypto::StoredSignedPreKey> signedPreKeys;
  std::map<QByteArray, quint32> baseKeys;
  bool isBroken = false;  // every call fails, as a full disk does

  bool operator==(const InMemoryKeyStore &other) const {
    return manifest == other.manifest && sessions == other.sessions && quarantine == other.quarantine &&
           preKeys == other.preKeys && signedPreKeys == other.signedPreKeys && baseKeys == other.baseKeys;
  }

  Result<std::optional<curve::PublicKey>> trustedIdentity(const model::DeviceAddress &device) override {
    return found(manifest, device);
  }
  Result<std::optional<QByteArray>> session(const model::DeviceAddress &device) override {
    return found(sessions, device);
  }
  Result<> putSession(const model::DeviceAddress &device, const QByteArray &record) override {
    return changed([&] { sessions[device] = record; });
  }
  Result<> quarantineSession(const model::DeviceAddress &device) override {
    return changed([&] {
      quarantine[device] = sessions[device];
      sessions.erase(device);
    });
  }
  Result<std::optional<crypto::StoredPreKey>> preKey(quint32 id) override { return found(preKeys, id); }
  Result<> putPreKey(const crypto::StoredPreKey &key) override {
    return changed([&] { preKeys[key.id] = key; });
  }
  Result<> removePreKey(quint32 id) override {
    return changed([&] { preKeys.erase(id); });
  }
  Result<std::optional<crypto::StoredSignedPreKey>> signedPreKey(quint32 id) override {
    return found(signedPreKeys, id);
  }
  Result<> putSignedPreKey(const crypto::StoredSignedPreKey &key) override {
    return changed([&] { signedPreKeys[key.id] = key; });
  }
  Result<bool> wasBaseKeyUsed(const QByteArray &hash) override {
    return found(baseKeys, hash).map([](const auto &entry) { return entry.has_value(); });
  }
  Result<> rememberBaseKey(const QByteArray &hash, quint32 signedPreKeyId) override {
    return changed([&] { baseKeys[hash] = signedPreKeyId; });
  }

 private:
  template <typename Map>
  Result<std::optional<typename Map::mapped_type>> found(const Map &map, const typename Map::key_type &key) const {
    if (isBroken) return fail(ErrorKind::Storage, "broken on purpose");
    const auto place = map.find(key);
    if (place == map.end()) return std::optional<typename Map::mapped_type>();
    return std::optional(place->second);
  }
  template <typename Change>
  Result<> changed(Change change) {
    if (isBroken) return fail(ErrorKind::Storage, "broken on purpose");
    change();
    return {};
  }
};

}  // namespace gx::test
