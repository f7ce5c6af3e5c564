// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/presence_dto.h"
#include "server/domain/ports.h"
#include "server/services/rosters.h"

namespace gx::server::services {

// Passes typing notes on to the other people of a conversation; stores nothing.
class Typing final {
 public:
  Typing(const domain::Ports &ports, Rosters &rosters);

  // not_found for a foreign conversation; rate_limited beyond one note per three seconds (the note is dropped).
  [[nodiscard]] Async<> note(domain::Principal who, wire::TypingSet typing);

 private:
  domain::Ports m_ports;
  Rosters &m_rosters;
};

}  // namespace gx::server::services
