// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/links.h"

#include "core/base/bytes.h"

namespace gx::server::services {

Links::Links(const domain::Ports &ports) : m_ports(ports) {}

Async<wire::LinkState> Links::put(domain::Principal who, wire::LinkPut put) {
  if (who.isActive()) co_return fail(ErrorKind::Forbidden, "the device is approved already", "forbidden");
  Result<wire::LinkState> state = fail(ErrorKind::Internal, "unset");
  if (put.identityKey && put.nonce) {
    const QByteArray opened = wire::linkCommitment(who.user, who.device, *put.identityKey, *put.nonce);
    if (!constantTimeEqual(opened, put.commitment))
      co_return fail(ErrorKind::Conflict, "this is not what was committed to", "link_conflict");
    const wire::LinkState::Reveal reveal{*put.identityKey, *put.nonce};
    state = co_await m_ports.links.reveal(who.device, put.commitment, reveal);
  } else {
    const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::Linking, toText(who.user));
    if (!allowed) co_return fail(allowed.error());
    state = co_await m_ports.links.commit(who.device, put.commitment);
  }
  if (!state) co_return state;
  const Result<> announced = co_await announce(who.user, who.device);
  if (!announced) co_return fail(announced.error());
  co_return state;
}

Async<wire::LinkState> Links::answer(domain::Principal who, DeviceId device, wire::LinkAnswer answer) {
  if (!who.isActive()) co_return fail(ErrorKind::Forbidden, "the device is not approved yet", "device_pending");
  const wire::LinkState::Answer note{who.device, answer.identityKey, answer.nonce};
  co_return co_await m_ports.links.answer(who.user, device, note);
}

Async<wire::LinkState> Links::find(domain::Principal who, DeviceId device) {
  co_return co_await m_ports.links.find(who.user, device);
}

Async<> Links::announce(UserId user, DeviceId device) {
  const auto devices = co_await m_ports.devices.list(user);
  if (!devices) co_return fail(devices.error());
  std::vector<DeviceId> active;
  for (const domain::Device &each : *devices)
    if (each.state == wire::DeviceState::Active) active.push_back(each.id);
  const wire::DeviceLinkEvent event{device};
  m_ports.events.announce(active, event);
  co_return Result<>{};
}

}  // namespace gx::server::services
