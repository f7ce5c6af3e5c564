// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/messenger/connection.h"
#include "core/messenger/conversations.h"
#include "core/messenger/inbox.h"
#include "core/messenger/key_upkeep.h"
#include "core/messenger/linking.h"
#include "core/messenger/outbox.h"
#include "core/messenger/presence.h"
#include "core/messenger/safety.h"
#include "core/messenger/sign_in.h"
#include "core/messenger/typing.h"

namespace gx::messenger {

// One account on this device: everything above vault and network, made once, wired here. signIn() and linking() work
// before start(); start() needs an approved device. stop() must have ended before the session is deleted.
class AccountSession final : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    vault::Vault &vault;
    net::HttpClient &http;
    Clock &clock;
    Random &random;
    net::RelayAddress address;
    net::TransportMode mode = net::TransportMode::PollingThenWebSocket;
  };
  explicit AccountSession(Parts parts);

  // Takes up the tokens of an earlier run. Unauthorized (not_signed_in) in a fresh profile.
  [[nodiscard]] Async<> restore();
  // Connects and stays connected. Forbidden (device_pending) while no listed device approved this one.
  [[nodiscard]] Async<> start();
  [[nodiscard]] QCoro::Task<> stop();

  [[nodiscard]] SignIn &signIn() { return m_signIn; }
  [[nodiscard]] Linking &linking() { return m_linking; }
  [[nodiscard]] RelayAccess &relay() { return m_access; }
  [[nodiscard]] DeviceLists &deviceLists() { return m_lists; }
  [[nodiscard]] Connection &connection() { return m_connection; }
  [[nodiscard]] Outbox &outbox() { return m_outbox; }
  [[nodiscard]] Inbox &inbox() { return m_inbox; }
  [[nodiscard]] Conversations &conversations() { return m_conversations; }
  [[nodiscard]] Typing &typing() { return m_typing; }
  [[nodiscard]] Presence &presence() { return m_presence; }
  [[nodiscard]] Safety &safety() { return m_safety; }
  [[nodiscard]] KeyUpkeep &keyUpkeep() { return m_keyUpkeep; }
  [[nodiscard]] vault::Vault &vault() { return m_vault; }

 Q_SIGNALS:
  // From outbox, inbox or reading: show this line anew.
  void messageChanged(const gx::ConversationId &conversation, const gx::vault::MessageRef &message);
  // A device of our own account asks to be approved.
  void linkRequested(gx::DeviceId device);

 private:
  void wireUp();
  QCoro::Task<> catchUp();

  vault::Vault &m_vault;
  RelayAccess m_access;
  DeviceLists m_lists;
  SignIn m_signIn;
  Linking m_linking;
  Connection m_connection;
  RecipientDevices m_recipients;
  Outbox m_outbox;
  Conversations m_conversations;
  Inbox m_inbox;
  Typing m_typing;
  Presence m_presence;
  Safety m_safety;
  KeyUpkeep m_keyUpkeep;
  bool m_isStarted = false;
  TaskScope m_scope;
};

}  // namespace gx::messenger
