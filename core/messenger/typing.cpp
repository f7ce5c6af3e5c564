// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/typing.h"

#include "core/wire/event_names.h"
#include "core/wire/presence_dto.h"

namespace gx::messenger {

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds kTellEvery = 3s;
constexpr std::chrono::milliseconds kForgetAfter = 6s;
constexpr std::size_t kMaxTypists = 1000;  // of all conversations: a relay cannot grow us without end
}  // namespace

Typing::Typing(Connection &connection, Clock &clock) : m_connection(connection), m_clock(clock) {
  connect(&m_connection, &Connection::eventReceived, this, &Typing::take);
}

void Typing::setOwn(ConversationId conversation, bool isActive) {
  const auto last = m_lastTold.find(conversation);
  const bool toldLately = last != m_lastTold.end() && m_clock.steadyNow() - last->second < kTellEvery;
  if (isActive ? toldLately : last == m_lastTold.end()) return;
  if (isActive)
    m_lastTold[conversation] = m_clock.steadyNow();
  else
    m_lastTold.erase(last);
  wire::TypingSet note;
  note.conversationId = conversation;
  note.active = isActive;
  static_cast<void>(m_connection.tell(wire::events::kTyping, note.toJson()));  // offline: nobody needs to know later
}

std::set<UserId> Typing::typists(ConversationId conversation) const {
  std::set<UserId> users;
  for (const auto &[key, round] : m_typists)
    if (key.conversation == conversation) users.insert(key.device.user);
  return users;
}

void Typing::take(const QByteArray &name, const QByteArray &argument) {
  if (name != wire::events::kTyping) return;
  const auto note = wire::TypingNotice::parse(argument);
  if (!note) return;
  const Key key{note->conversationId, {note->userId, note->deviceId}};
  if (!note->active) {
    if (m_typists.contains(key)) forget(key, m_typists[key]);
    return;
  }
  if (!m_typists.contains(key) && m_typists.size() >= kMaxTypists) return;
  const quint64 round = ++m_round;
  const bool isNew = m_typists.insert_or_assign(key, round).second;
  m_clock.callAfter(kForgetAfter, this, [this, key, round] { forget(key, round); });
  if (isNew) Q_EMIT changed(key.conversation, key.device.user, true);
}

void Typing::forget(const Key &key, quint64 round) {
  const auto found = m_typists.find(key);
  if (found == m_typists.end() || found->second != round) return;
  m_typists.erase(found);
  if (!typists(key.conversation).contains(key.device.user)) Q_EMIT changed(key.conversation, key.device.user, false);
}

}  // namespace gx::messenger
