// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/vault/test_relay.h"

#include <QtEndian>
#include <algorithm>
#include <cstring>

namespace gx::test {

void TestRelay::upload(const model::DeviceAddress &device, const vault::KeyBatch &batch) {
  Keys &kept = keys[device];
  if (batch.isReset) kept.preKeys.clear();
  if (batch.identityKey) kept.identity = *batch.identityKey;
  if (batch.registrationId) kept.registrationId = *batch.registrationId;
  if (batch.signedPreKey) kept.signedPreKey = *batch.signedPreKey;
  kept.preKeys.insert(kept.preKeys.end(), batch.preKeys.begin(), batch.preKeys.end());
}

std::vector<crypto::PreKeyBundle> TestRelay::bundles(const std::vector<model::DeviceAddress> &devices) {
  std::vector<crypto::PreKeyBundle> result;
  for (const auto &device : devices) {
    Keys &kept = keys[device];
    crypto::PreKeyBundle bundle;
    bundle.device = device.device;
    bundle.registrationId = kept.registrationId;
    bundle.identityKey = kept.identity.bytes();
    bundle.signedPreKey = kept.signedPreKey;
    bundle.signedPreKey.lastResortKey.clear();
    if (kept.preKeys.empty()) {
      bundle.preKey = crypto::PublicPreKey{crypto::kLastResortPreKeyId, kept.signedPreKey.lastResortKey};
    } else {
      bundle.preKey = kept.preKeys.front();
      kept.preKeys.erase(kept.preKeys.begin());
    }
    result.push_back(bundle);
  }
  return result;
}

std::vector<model::DeviceAddress> TestRelay::expected(const model::DeviceAddress &sender) const {
  std::vector<model::DeviceAddress> devices;
  for (const auto &[user, account] : accounts)
    for (const auto &device : account.devices)
      if (device != sender) devices.push_back(device);
  return devices;
}

MessageId TestRelay::nextId() {
  MessageId id;
  const quint32 number = qToBigEndian(++m_ids);
  std::memcpy(id.bytes.data() + 12, &number, sizeof number);
  id.bytes[0] = 1;
  return id;
}

TestRelay::Accepted TestRelay::post(const model::DeviceAddress &sender, const vault::SealedMessage &message) {
  ++posts;
  if (const auto known = m_answers.find(message.id); known != m_answers.end()) return known->second;
  const Accepted answer{nextId(), m_clock.wallNow()};
  for (const auto &envelope : message.envelopes)
    mailboxes[envelope.to].push_back(
        {++m_seqs[envelope.to], answer.id, message.conversation, sender, envelope.ciphertext, answer.time});
  m_answers[message.id] = answer;
  return answer;
}

}  // namespace gx::test
