// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include "core/base/bytes.h"
#include "core/curve/manifest.h"
#include "tests/core/curve/test_signer.h"
#include "tests/fuzz/fuzz_input.h"

namespace gx::fuzz {

// Device keys that sign whatever they are asked to. The same keys in each run; a signature is made once.
class Signers final {
 public:
  static constexpr quint8 kCount = 10;

  Signers() {
    for (quint8 i = 0; i < kCount; ++i) m_signers[i] = std::make_unique<test::TestSigner>(i + 1U);
    for (quint8 i = 0; i < kCount; ++i) m_keys[i] = m_signers[i]->key();
  }

  [[nodiscard]] const curve::PublicKey &key(quint8 number) const { return m_keys[number % kCount]; }
  [[nodiscard]] QByteArray sign(quint8 number, const QByteArray &message) {
    if (m_known.size() > 20'000) m_known.clear();
    QByteArray &signature = m_known[static_cast<char>(number % kCount) + message];
    if (signature.isEmpty()) signature = m_signers[number % kCount]->sign(message);
    return signature;
  }

 private:
  std::array<std::unique_ptr<test::TestSigner>, kCount> m_signers;
  std::array<curve::PublicKey, kCount> m_keys;
  QHash<QByteArray, QByteArray> m_known;
};

// An entry and who really signed it as it stands; nobody if it was changed afterwards.
struct SignedEntry {
  curve::ManifestEntry entry;
  curve::PublicKey signer{};
};

// The rules of PROTOCOL.md "Device manifest" once more, by lists and without a signature: what is signed is known here
// from who signed it.
class ChainRules final {
 public:
  explicit ChainRules(UserId account) : m_account(account) {}

  [[nodiscard]] quint64 version() const { return m_entries.size(); }
  [[nodiscard]] QByteArray hash() const {
    return m_entries.empty() ? QByteArray(32, '\0') : curve::entryHash(m_entries.back());
  }
  [[nodiscard]] const std::vector<curve::ManifestEntry> &entries() const { return m_entries; }
  [[nodiscard]] const std::map<quint32, curve::PublicKey> &devices() const { return m_devices; }

  [[nodiscard]] bool allows(const SignedEntry &given) const {
    const curve::ManifestEntry &entry = given.entry;
    if (entry.account != m_account || entry.version != version() + 1 || entry.previousHash != hash()) return false;
    if (entry.device.isNull() || entry.identityKey.isNull() || entry.nameHash.size() != 32) return false;
    const auto listed = m_devices.find(entry.device.value);
    const auto signer = m_devices.find(entry.byDevice.value);
    if (entry.operation == curve::ManifestOperation::Remove) {
      if (listed == m_devices.end() || listed->second != entry.identityKey) return false;
    } else if (listed != m_devices.end() || isKeyListed(entry.identityKey) || m_devices.size() >= 6) {
      return false;
    }
    if (given.signer.isNull()) return false;
    if (!m_entries.empty()) return signer != m_devices.end() && signer->second == given.signer;
    return entry.operation == curve::ManifestOperation::Add && entry.byDevice == entry.device &&
           given.signer == entry.identityKey;
  }
  void apply(const curve::ManifestEntry &entry) {
    m_entries.push_back(entry);
    if (entry.operation == curve::ManifestOperation::Add)
      m_devices[entry.device.value] = entry.identityKey;
    else
      m_devices.erase(entry.device.value);
  }

 private:
  [[nodiscard]] bool isKeyListed(const curve::PublicKey &key) const {
    return std::any_of(m_devices.begin(), m_devices.end(), [&](const auto &listed) { return listed.second == key; });
  }

  UserId m_account;
  std::vector<curve::ManifestEntry> m_entries;
  std::map<quint32, curve::PublicKey> m_devices;
};

}  // namespace gx::fuzz
