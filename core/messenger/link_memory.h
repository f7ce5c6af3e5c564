// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/vault/vault.h"
#include "core/wire/link_dto.h"

namespace gx::messenger {

// What a linking keeps between two runs of a program, in the vault's settings. No nonce ever serves a second answer or
// commitment: a relay that knows it could choose the other half until the digits agree.
class LinkMemory final {
 public:
  // On the new device: its own nonce, and the answer that it was revealed to.
  struct Answered {
    QByteArray nonce;
    wire::LinkState::Answer answer;
  };
  // On a listed device: its own nonce, and the commitment that it saw before it told that nonce.
  struct Given {
    DeviceId device;
    QByteArray nonce;
    QByteArray commitment;
  };

  explicit LinkMemory(vault::Vault &vault) : m_vault(vault) {}

  [[nodiscard]] Async<std::optional<Answered>> answered();
  [[nodiscard]] Async<> keep(Answered note);
  [[nodiscard]] Async<> forgetAnswered();
  // To this pending device.
  [[nodiscard]] Async<std::optional<Given>> given(DeviceId device);
  [[nodiscard]] Async<> keep(Given note);

 private:
  vault::Vault &m_vault;
};

}  // namespace gx::messenger
