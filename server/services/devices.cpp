// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/devices.h"

#include "core/base/bytes.h"
#include "core/base/logging.h"
#include "core/wire/limits.h"
#include "server/services/acquaintance.h"
#include "server/services/manifest_check.h"

namespace gx::server::services {

namespace {

QByteArray dayText(qint64 day) {
  if (day <= 0) return {};
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const auto padded = [](unsigned number) { return QByteArray::number(number).rightJustified(2, '0'); };
  return QByteArray::number(int(date.year())) + '-' + padded(unsigned(date.month())) + '-' +
         padded(unsigned(date.day()));
}

}  // namespace

Devices::Devices(const domain::Ports &ports, Tokens &tokens, Rosters &rosters)
    : m_ports(ports), m_tokens(tokens), m_rosters(rosters) {}

Async<wire::DeviceList> Devices::list(domain::Principal who) {
  const auto devices = co_await m_ports.devices.list(who.user);
  if (!devices) co_return fail(devices.error());
  wire::DeviceList list;
  for (const domain::Device &device : *devices) {
    wire::DeviceInfo info;
    info.deviceId = device.id;
    info.name = device.name;
    info.state = device.state;
    info.createdAt = toMillis(device.createdAt);
    info.lastSeenDay = dayText(device.lastSeenDay);
    info.current = device.id == who.device;
    list.devices.append(std::move(info));
  }
  co_return list;
}

Async<> Devices::remove(domain::Principal who, DeviceId device) {
  const Result<> removed = co_await m_ports.devices.removePending(who.user, device);
  if (!removed) co_return removed;
  m_tokens.dropped(device);
  co_return Result<>{};
}

Async<wire::ManifestPage> Devices::manifest(domain::Principal who, UserId user, qint64 after) {
  const Result<> known = co_await requireAcquaintance(m_ports.conversations, who.user, user);
  if (!known) co_return fail(known.error());
  const auto entries = co_await m_ports.manifests.entries(user, after, wire::limits::kManifestPage + 1);
  if (!entries) co_return fail(entries.error());
  wire::ManifestPage page;
  page.userId = user;
  page.entries = QList<wire::ManifestEntry>(entries->begin(), entries->end());
  page.more = page.entries.size() > wire::limits::kManifestPage;
  if (page.more) page.entries.removeLast();
  co_return page;
}

Async<wire::ManifestAppended> Devices::append(domain::Principal who, wire::ManifestAppend request) {
  if (const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::ManifestChange, toText(who.user)); !allowed)
    co_return fail(allowed.error());
  const auto chain = co_await m_ports.manifests.entries(who.user, 0, wire::limits::kManifestEntries);
  if (!chain) co_return fail(chain.error());
  const Result<domain::ManifestAct> act = checkManifestAppend(who, request, *chain);
  if (!act) co_return fail(act.error());
  const auto revoked = co_await m_ports.manifests.append(*act);
  if (!revoked) co_return fail(revoked.error());

  m_rosters.forgetUser(who.user);
  for (const DeviceId id : *revoked) m_tokens.dropped(id);
  if (request.entry.isAdd) m_tokens.activated(request.entry.deviceId);
  const Result<> announced = co_await announceChange(who.user, request.entry.version);
  if (!announced) qCWarning(lcServerServices) << "manifest.changed was not announced:" << describe(announced.error());
  co_return wire::ManifestAppended{request.entry.version};
}

Async<> Devices::announceChange(UserId user, qint64 version) {
  const auto audience = co_await m_ports.conversations.audience(user);
  if (!audience) co_return fail(audience.error());
  const wire::ManifestChanged changed{user, version};
  m_ports.events.announce(*audience, changed);
  co_return Result<>{};
}

}  // namespace gx::server::services
