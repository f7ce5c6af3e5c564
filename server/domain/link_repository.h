// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/async.h"
#include "core/wire/link_dto.h"

namespace gx::server::domain {

// Port. The notes two devices of one account leave each other while linking (PROTOCOL.md 5).
class LinkRepository {
 public:
  virtual ~LinkRepository() = default;

  // NotFound when the device has no link, or is not the user's.
  [[nodiscard]] virtual Async<wire::LinkState> find(UserId user, DeviceId device) = 0;
  // Another commitment starts the link anew.
  [[nodiscard]] virtual Async<wire::LinkState> commit(DeviceId device, QByteArray commitment) = 0;
  // Conflict link_conflict unless this commitment was put and answered, or when something else was revealed.
  [[nodiscard]] virtual Async<wire::LinkState> reveal(DeviceId device, QByteArray commitment,
                                                      wire::LinkState::Reveal reveal) = 0;
  // The first answer stays: Conflict link_conflict for another one. NotFound when there is no link of that user's
  // device.
  [[nodiscard]] virtual Async<wire::LinkState> answer(UserId user, DeviceId device, wire::LinkState::Answer answer) = 0;
};

}  // namespace gx::server::domain
