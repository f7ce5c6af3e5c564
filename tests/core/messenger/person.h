// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/messenger/account_session.h"
#include "tests/support/await.h"
#include "tests/support/relay_process.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// One device of somebody, over a real vault and a real relay. A restart is a new session over the same store.
class Person final {
 public:
  Person(RelayProcess &relay, QByteArray account, QByteArray deviceName = "test");
  ~Person();

  void signsUp();  // makes the account, then signs in
  messenger::SignInOutcome signsIn(bool newIdentity = false);
  void connects();     // and waits until everything that waited is here
  void disconnects();  // session and vault closed, store kept
  void reopens();      // after disconnects(): a new session over the store
  ConversationId talksTo(const Person &other);
  // Sends and waits until the relay took it.
  ClientMessageId sends(ConversationId conversation, const QString &text);
  ClientMessageId sendsContent(ConversationId conversation, model::Content content);
  // Journals only.
  ClientMessageId writes(ConversationId conversation, model::Content content);
  bool sees(ConversationId conversation, const QString &text);  // waits
  bool reaches(ConversationId conversation, ClientMessageId id, model::MessageState state);
  void readsAll(ConversationId conversation);
  QStringList texts(ConversationId conversation);
  model::Message message(ConversationId conversation, ClientMessageId id);

  [[nodiscard]] messenger::AccountSession &session() { return *m_session; }
  [[nodiscard]] vault::Vault &vault() { return *m_vault; }
  [[nodiscard]] const QByteArray &account() const { return m_account; }
  [[nodiscard]] model::DeviceAddress self();
  [[nodiscard]] QString storePath() const { return m_folder.file(QStringLiteral("store.db")); }

 private:
  RelayProcess &m_relay;
  QByteArray m_account;
  QByteArray m_deviceName;
  TempFolder m_folder;
  SystemClock m_clock;
  OsRandom m_random;
  std::unique_ptr<vault::Vault> m_vault;
  std::unique_ptr<net::HttpClient> m_http;
  std::unique_ptr<messenger::AccountSession> m_session;
};

}  // namespace gx::test
