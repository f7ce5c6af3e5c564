// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/key_directory.h"

#include "core/base/crash_point.h"
#include "core/wire/limits.h"
#include "server/services/acquaintance.h"
#include "server/services/key_check.h"

namespace gx::server::services {

KeyDirectory::KeyDirectory(const domain::Ports &ports, Rosters &rosters) : m_ports(ports), m_rosters(rosters) {}

Async<> KeyDirectory::checkUpload(domain::Principal who, wire::KeyUpload keys) {
  if (const Result<> shapes = checkKeyShapes(keys); !shapes) co_return shapes;
  const Result<domain::Device> device = co_await m_ports.devices.find(who.device);
  if (!device) co_return fail(device.error());
  if (keys.identityKey && !device->identityKey.isEmpty() && *keys.identityKey != device->identityKey)
    co_return fail(ErrorKind::Conflict, "a device keeps its identity key", "identity_fixed");
  co_return checkKeySignature(keys, keys.identityKey.value_or(device->identityKey));
}

Async<wire::KeyCount> KeyDirectory::upload(domain::Principal who, wire::KeyUpload keys) {
  if (const Result<> good = co_await checkUpload(who, keys); !good) co_return fail(good.error());
  const Result<wire::KeyCount> count = co_await m_ports.preKeys.upload(who.device, keys);
  if (!count) co_return fail(count.error());
  if (keys.registrationId) m_rosters.forgetUser(who.user);
  crashPoint("C19");
  co_return count;
}

Async<wire::KeyCount> KeyDirectory::reset(domain::Principal who, wire::KeyUpload keys) {
  if (const Result<> good = co_await checkUpload(who, keys); !good) co_return fail(good.error());
  const Result<wire::KeyCount> count = co_await m_ports.preKeys.reset(who.device, keys);
  if (!count) co_return fail(count.error());
  if (keys.registrationId) m_rosters.forgetUser(who.user);
  co_return count;
}

Async<wire::KeyCount> KeyDirectory::count(domain::Principal who) {
  co_return co_await m_ports.preKeys.count(who.device);
}

Async<wire::KeyAudit> KeyDirectory::audit(domain::Principal who) {
  co_return co_await m_ports.preKeys.audit(who.device);
}

Async<wire::BundleResponse> KeyDirectory::bundles(domain::Principal who, wire::BundleRequest request) {
  const Result<> known = co_await requireAcquaintance(m_ports.conversations, who.user, request.userId);
  if (!known) co_return fail(known.error());
  for (const DeviceId device : request.deviceIds) {
    const QByteArray key = toText(who.user) + '/' + toText(device);
    const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::PrekeyFetch, key);
    if (!allowed) co_return fail(allowed.error());
  }
  const std::vector<DeviceId> devices(request.deviceIds.begin(), request.deviceIds.end());
  const auto claimed = co_await m_ports.preKeys.claim(request.userId, devices);
  if (!claimed) co_return fail(claimed.error());
  wire::BundleResponse response;
  for (const domain::ClaimedBundle &each : *claimed) {
    response.bundles.append(each.bundle);
    if (each.preKeysLeft >= wire::limits::kOneTimePrekeysRefill) continue;
    const DeviceId low[] = {each.bundle.deviceId};
    m_ports.events.announce(low, wire::KeysLow{each.preKeysLeft});
  }
  co_return response;
}

Async<wire::UserDevices> KeyDirectory::devicesOf(domain::Principal who, UserId user) {
  const Result<> known = co_await requireAcquaintance(m_ports.conversations, who.user, user);
  if (!known) co_return fail(known.error());
  co_return co_await m_ports.preKeys.activeDevices(user);
}

}  // namespace gx::server::services
