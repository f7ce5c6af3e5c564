// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <stop_token>

#include "core/base/pause.h"
#include "core/messenger/device_lists.h"
#include "core/wire/link_dto.h"

namespace gx::messenger {

// A pending device that a listed one may approve, once a person saw the same digits on both.
struct LinkOffer {
  DeviceId device;
  QByteArray name;         // as typed on the new device, told by the relay
  QByteArray identityKey;  // 33 bytes
  QByteArray digits;       // six
};

// Adds a further device to an account (PROTOCOL.md section 5): commitment, answer, reveal, six digits, signed entry.
// The relay passes the notes; it would have to guess a number between a million to slip in a key of its own.
class Linking final : public QObject {
  Q_OBJECT
 public:
  Linking(RelayAccess &access, DeviceLists &lists, vault::Vault &vault, Random &random);
  ~Linking() override;

  // On the new device: offers itself and waits until a listed device signed it in. Emits digitsReady() once there is
  // something to compare. Cancelled at stop.
  [[nodiscard]] Async<> waitForApproval(std::stop_token stop);

  // On a listed device: answers a pending device and waits for its reveal.
  [[nodiscard]] Async<LinkOffer> answer(DeviceId device, std::stop_token stop);
  // The person saw the same digits.
  [[nodiscard]] Async<> approve(LinkOffer offer);
  // The digits differ, or nobody knows this device: deletes it at the relay.
  [[nodiscard]] Async<> refuse(DeviceId device);
  // Takes a listed device off the account.
  [[nodiscard]] Async<> remove(DeviceId device);

 Q_SIGNALS:
  void offered();  // the relay holds our offer: now a listed device can answer
  void digitsReady(const QByteArray &digits);

 private:
  struct Own {
    model::DeviceAddress self;
    QByteArray identityKey;
    QByteArray nonce;
  };
  Async<Own> own();
  Async<wire::LinkState> poll(DeviceId device, bool wantsReveal, std::stop_token stop);
  Async<> checkAnswer(UserId user, wire::LinkState::Answer answer);
  Async<> takeApproval();
  Async<> waitForEntry(model::DeviceAddress self, std::stop_token stop);

  RelayAccess &m_access;
  DeviceLists &m_lists;
  vault::Vault &m_vault;
  Random &m_random;
};

}  // namespace gx::messenger
