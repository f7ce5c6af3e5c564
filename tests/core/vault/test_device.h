// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <memory>

#include "tests/core/vault/test_relay.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// The value of a task that must not fail here.
template <typename T>
T must(Async<T> task) {
  auto result = await(std::move(task));
  if (!result) {
    ADD_FAILURE() << describe(result.error()).constData();
    std::abort();
  }
  return std::move(*result);
}
inline void must(Async<> task) {
  const auto result = await(std::move(task));
  if (!result) ADD_FAILURE() << describe(result.error()).constData();
}

// A device with a real vault in a folder of its own, and the few steps of a messenger between it and a TestRelay.
class TestDevice final {
 public:
  TestDevice(TestRelay &relay, ManualClock &clock, const model::DeviceAddress &self, const QString &account,
             quint64 seed);

  // The process dies without closing, and starts again.
  void restarts();
  void uploadsKeys(int wanted = 0);

  // Appends and sends; answers the message's id.
  ClientMessageId sends(ConversationId conversation, const QString &text);
  ClientMessageId sends(ConversationId conversation, const model::Content &content);
  // As a peer without our checks would: whatever content, straight into its outbox.
  void sendsUnchecked(ConversationId conversation, const model::Content &content);
  ClientMessageId queues(ConversationId conversation, const QString &text);
  // All that is workable, receipts included once they are due.
  void drains();
  // One item, as far as sealing.
  vault::SealedMessage seals(ClientMessageId item);
  // Everything in the mailbox; device lists are fetched as asked for.
  std::vector<vault::Opening> receives();
  vault::Opening opens(const vault::Incoming &letter);
  // Applies what the relay has of `user` beyond what is pinned, or all of it.
  vault::ManifestOutcome fetchesManifest(UserId user, bool whole = false);

  [[nodiscard]] std::vector<vault::ArchivedMessage> history(ConversationId conversation, int limit = 500);
  [[nodiscard]] std::vector<QString> texts(ConversationId conversation);
  [[nodiscard]] std::optional<vault::MessageDetails> line(UserId author, ClientMessageId id);
  [[nodiscard]] int unread(ConversationId conversation);
  void reads(ConversationId conversation);

  [[nodiscard]] vault::Vault &vault() { return *m_vault; }
  [[nodiscard]] QString file() const { return m_folder.file(QStringLiteral("store.db")); }
  [[nodiscard]] const SecretBytes &key() const { return m_key; }

  model::DeviceAddress self;

 private:
  void opensVault();

  TestRelay &m_relay;
  ManualClock &m_clock;
  TempFolder m_folder;
  FixedRandom m_random;
  SecretBytes m_key;
  std::unique_ptr<vault::Vault> m_vault;
};

}  // namespace gx::test
