// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/presence.h"

#include "core/wire/event_names.h"

namespace gx::messenger {

Presence::Presence(Connection &connection) : m_connection(connection) {
  connect(&m_connection, &Connection::ready, this, [this] { m_scope.spawn(tell()); });
  connect(&m_connection, &Connection::stateChanged, this, [this] {
    if (!m_connection.isOnline()) forgetAll();
  });
  connect(&m_connection, &Connection::eventReceived, this, [this](const QByteArray &name, const QByteArray &argument) {
    if (name != wire::events::kPresence) return;
    if (const auto info = wire::PresenceInfo::parse(argument)) take(*info);
  });
}

void Presence::watch(QList<UserId> users) {
  m_watched = std::move(users);
  if (m_connection.isOnline()) m_scope.spawn(tell());
}

void Presence::setOwn(wire::PresenceState state) {
  m_own = state;
  wire::PresenceSet note;
  note.state = state;
  static_cast<void>(m_connection.tell(wire::events::kPresenceSet, note.toJson()));  // offline: told at the next ready
}

wire::PresenceInfo Presence::of(const UserId &user) const {
  const auto known = m_known.find(user);
  if (known != m_known.end()) return known->second;
  wire::PresenceInfo unknown;
  unknown.userId = user;
  return unknown;
}

QCoro::Task<> Presence::shutdown() {
  co_await m_scope.drained();
}

QCoro::Task<> Presence::tell() {
  setOwn(m_own);
  if (m_watched.isEmpty()) co_return;
  wire::PresenceWatch request;
  request.userIds = m_watched;
  const auto answer = co_await m_connection.ask(wire::events::kPresenceWatch, request.toJson());
  if (!answer) co_return;
  const auto list = wire::PresenceList::parse(*answer);
  if (!list) co_return;
  for (const wire::PresenceInfo &info : list->presence) take(info);
}

void Presence::take(const wire::PresenceInfo &info) {
  if (!m_watched.contains(info.userId) || of(info.userId) == info) return;
  m_known[info.userId] = info;
  Q_EMIT changed(info);
}

void Presence::forgetAll() {
  const auto known = std::exchange(m_known, {});
  for (const auto &[user, info] : known) Q_EMIT changed(of(user));
}

}  // namespace gx::messenger
