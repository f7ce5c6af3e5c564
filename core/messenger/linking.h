// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <stop_token>

#include "core/base/pause.h"
#include "core/messenger/device_lists.h"
#include "core/messenger/link_memory.h"

namespace gx::messenger {

// A pending device that a listed one may approve, once a person saw the same digits on both.
struct LinkOffer {
  DeviceId device;
  QByteArray name;         // as typed on the new device, told by the relay
  QByteArray identityKey;  // 33 bytes
  QByteArray digits;       // six
};

// Adds a further device to an account (PROTOCOL.md section 5): commitment, answer, reveal, six digits, a person's word
// on both devices, signed entry. The relay passes the notes; it would have to guess a number between a million to slip
// in a key of its own.
class Linking final : public QObject {
  Q_OBJECT
 public:
  Linking(RelayAccess &access, DeviceLists &lists, vault::Vault &vault, Random &random);
  ~Linking() override;

  // On the new device: offers itself, emits digitsReady() and waits for confirm(), then until a listed device signed it
  // in. Nothing that is signed meanwhile is taken before the person's word. Cancelled at stop; Untrusted
  // (digits_differ) after a no: then this device is off the relay and its tokens are gone. Where a listed device was
  // quicker than an earlier run, its digits are shown again.
  [[nodiscard]] Async<> waitForApproval(std::stop_token stop);
  // What the person says to digitsReady(): whether the other device shows the same.
  void confirm(bool isSame);
  // The same with digits that an earlier run showed and that a person compared meanwhile; asks nobody. NotFound
  // (no_link) if no run showed any.
  [[nodiscard]] Async<> resume(QByteArray digits, std::stop_token stop);

  // On a listed device: answers a pending device and waits for its reveal. Again for the same offer: the same digits.
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
  };
  Async<Own> own();
  Async<bool> isListed(model::DeviceAddress self);
  Async<LinkMemory::Answered> offer(Own mine, std::stop_token stop);
  Async<> reveal(Own mine, LinkMemory::Answered note);
  Async<bool> askPerson(UserId self, std::stop_token stop);
  Async<> believe(Own mine, LinkMemory::Answered note, std::stop_token stop);
  Async<> drop(DeviceId self);
  Async<QByteArray> nonceFor(DeviceId device, QByteArray commitment);
  Async<wire::LinkState> poll(DeviceId device, bool wantsReveal, std::stop_token stop);
  Async<> checkAnswer(UserId user, wire::LinkState::Answer answer);
  Async<> takeApproval();
  Async<> waitForEntry(model::DeviceAddress self, std::stop_token stop);

  RelayAccess &m_access;
  DeviceLists &m_lists;
  vault::Vault &m_vault;
  Random &m_random;
  LinkMemory m_memory;
  Pause m_asking;
  std::optional<bool> m_word;  // the person's, once it is there
};

}  // namespace gx::messenger
