// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "core/vault/vault.h"

namespace gx::test {

struct TestAccount {
  UserId user;
  QString name;
  std::vector<curve::ManifestEntry> chain;
  std::vector<model::DeviceAddress> devices;  // active
};

// A relay of the tests, in memory: mailboxes with seqs, prekeys given out once, device lists, idempotency. It may be
// told to misbehave by changing what it holds.
class TestRelay final {
 public:
  struct Keys {
    curve::PublicKey identity;
    quint32 registrationId = 0;
    crypto::PublicSignedPreKey signedPreKey;
    std::vector<crypto::PublicPreKey> preKeys;
  };

  explicit TestRelay(Clock &clock) : m_clock(clock) {}

  void upload(const model::DeviceAddress &device, const vault::KeyBatch &batch);
  [[nodiscard]] std::vector<crypto::PreKeyBundle> bundles(const std::vector<model::DeviceAddress> &devices);
  // Devices of the conversation's people that `sender` must name.
  [[nodiscard]] std::vector<model::DeviceAddress> expected(const model::DeviceAddress &sender) const;

  struct Accepted {
    MessageId id;
    WallTime time{};
  };
  // The same request again gets the same answer and is delivered once.
  Accepted post(const model::DeviceAddress &sender, const vault::SealedMessage &message);

  std::map<UserId, TestAccount> accounts;
  std::map<model::DeviceAddress, Keys> keys;
  std::map<model::DeviceAddress, std::deque<vault::Incoming>> mailboxes;
  int posts = 0;

 private:
  MessageId nextId();

  Clock &m_clock;
  std::map<ClientMessageId, Accepted> m_answers;
  std::map<model::DeviceAddress, qint64> m_seqs;
  quint32 m_ids = 0;
};

}  // namespace gx::test
