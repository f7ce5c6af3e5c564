// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/typing.h"

namespace gx::server::services {

Typing::Typing(const domain::Ports &ports, Rosters &rosters) : m_ports(ports), m_rosters(rosters) {}

Async<> Typing::note(domain::Principal who, wire::TypingSet typing) {
  // Starting and stopping have a bucket each: a stop is never lost to the start before it.
  const QByteArray key =
      toText(who.device) + '/' + toText(typing.conversationId) + (typing.active ? QByteArray("+") : QByteArray("-"));
  if (const Result<> allowed = m_ports.limiter.takeNow(domain::Limit::Typing, key); !allowed) co_return allowed;
  const Result<Rosters::Ref> roster = co_await m_rosters.load(typing.conversationId);
  if (!roster) co_return fail(roster.error());
  if (!(*roster)->hasMember(who.user)) co_return fail(ErrorKind::NotFound, "no such conversation", "not_found");
  std::vector<DeviceId> others;
  for (const auto &device : (*roster)->devices)
    if (device.user != who.user) others.push_back(device.id);
  const wire::TypingNotice notice{typing.conversationId, who.user, who.device, typing.active};
  m_ports.events.announce(others, notice);
  co_return Result<>{};
}

}  // namespace gx::server::services
