// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/presence.h"

#include <algorithm>

#include "core/base/launch.h"
#include "core/base/logging.h"

namespace gx::server::services {

namespace {
constexpr qsizetype kMostWatched = 256;

bool holds(const std::vector<UserId> &users, const UserId &user) {
  return std::ranges::find(users, user) != users.end();
}

}  // namespace

Presence::Presence(const domain::Ports &ports) : m_ports(ports) {}

Presence::Connected *Presence::find(const domain::Principal &who) {
  const auto user = m_connected.find(who.user);
  if (user == m_connected.end()) return nullptr;
  const auto device = std::ranges::find(*user, who.device, &Connected::device);
  return device == user->end() ? nullptr : &*device;
}

void Presence::connected(const domain::Principal &who) {
  Connected *device = find(who);
  if (device == nullptr) device = &m_connected[who.user].emplace_back(Connected{.device = who.device});
  ++device->connections;
  device->state = wire::PresenceState::Online;
  update(who.user);
}

void Presence::disconnected(const domain::Principal &who) {
  Connected *device = find(who);
  if (device == nullptr || --device->connections > 0) return;
  const auto user = m_connected.find(who.user);
  std::erase_if(*user, [&](const Connected &each) { return each.device == who.device; });
  unwatch(who.device);
  if (user->empty()) m_connected.erase(user);
  update(who.user);
}

void Presence::set(const domain::Principal &who, wire::PresenceState state) {
  if (state != wire::PresenceState::Online && state != wire::PresenceState::Away) return;
  Connected *device = find(who);
  if (device == nullptr) return;
  device->state = state;
  update(who.user);
}

Async<wire::PresenceList> Presence::watch(domain::Principal who, wire::PresenceWatch request) {
  if (request.userIds.size() > kMostWatched) co_return fail(ErrorKind::Invalid, "user_ids: too many", "bad_request");
  const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::PresenceWatch, toText(who.device));
  if (!allowed) co_return fail(allowed.error());
  const std::vector<UserId> asked(request.userIds.begin(), request.userIds.end());
  auto sharing = co_await m_ports.conversations.sharingWith(who.user, asked);
  if (!sharing) co_return fail(sharing.error());
  const bool asksForSelf = request.userIds.contains(who.user);
  if (asksForSelf && !holds(*sharing, who.user)) sharing->push_back(who.user);
  watchAll(who, *sharing);

  const auto known = co_await m_ports.presence.find(*sharing);
  wire::PresenceList list;
  for (const UserId &user : request.userIds) {
    wire::PresenceInfo info;
    info.userId = user;
    if (m_last.contains(user) && holds(*sharing, user)) {
      info = m_last.value(user);
    } else if (known) {
      const auto record = std::ranges::find(*known, user, &domain::PresenceRecord::user);
      if (record != known->end()) info = {user, record->state, toMillis(record->since)};
    }
    list.presence.append(info);
  }
  co_return list;
}

// A device that went while we asked watches nobody.
void Presence::watchAll(const domain::Principal &who, const std::vector<UserId> &users) {
  unwatch(who.device);
  if (find(who) == nullptr) return;
  for (const UserId &user : users) m_watchers[user].insert(who.device);
  m_watched.insert(who.device, QList<UserId>(users.begin(), users.end()));
}

void Presence::unwatch(DeviceId device) {
  const QList<UserId> users = m_watched.take(device);
  for (const UserId &user : users) {
    const auto watchers = m_watchers.find(user);
    if (watchers == m_watchers.end()) continue;
    watchers->remove(device);
    if (watchers->isEmpty()) m_watchers.erase(watchers);
  }
}

wire::PresenceState Presence::stateOf(const UserId &user) const {
  const auto devices = m_connected.constFind(user);
  if (devices == m_connected.cend()) return wire::PresenceState::Offline;
  const bool isOnline = std::ranges::any_of(
      *devices, [](const Connected &device) { return device.state == wire::PresenceState::Online; });
  return isOnline ? wire::PresenceState::Online : wire::PresenceState::Away;
}

void Presence::update(const UserId &user) {
  const wire::PresenceState state = stateOf(user);
  const auto last = m_last.constFind(user);
  const bool isNews = last == m_last.cend() ? state != wire::PresenceState::Offline : last->state != state;
  if (!isNews) return;
  const WallTime now = m_ports.clock.wallNow();
  const wire::PresenceInfo info{user, state, toMillis(now)};
  if (state == wire::PresenceState::Offline)
    m_last.remove(user);
  else
    m_last.insert(user, info);
  launch(this, m_ports.presence.put({user, state, now}), [](const Result<> &put) {
    if (!put) qCDebug(lcServerServices) << "presence was not shared:" << describe(put.error());
  });
  const QSet<DeviceId> watchers = m_watchers.value(user);
  const std::vector<DeviceId> devices(watchers.begin(), watchers.end());
  m_ports.events.announce(devices, info);
}

}  // namespace gx::server::services
