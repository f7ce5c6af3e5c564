// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

#include "core/base/async.h"
#include "core/base/secret_bytes.h"
#include "core/model/account.h"
#include "core/model/draft.h"

namespace gx::vault {

class VaultThread;

// The signed-in account of this profile and where its relay is.
struct AccountRecord {
  model::Account account;
  QString relayUrl;
  QString environment;  // as the relay named it at login

  bool operator==(const AccountRecord &) const = default;
};

// A refresh that was begun: the same request id until it is finished, so that a lost answer is asked for again
// (SECURITY.md C21).
struct RefreshAttempt {
  SecretBytes refreshToken;
  QByteArray requestId;
};

// What is told to the relay at connect for rollback detection.
struct BootMark {
  qint64 counter = 0;  // times this store was opened by a session
  qint64 sends = 0;    // messages ever accepted by the relay

  bool operator==(const BootMark &) const = default;
};

// The account's own facts: sign-in, tokens, counters, settings, drafts. Main thread.
class AccountBook final {
 public:
  explicit AccountBook(VaultThread &thread) : m_thread(thread) {}

  [[nodiscard]] Async<std::optional<AccountRecord>> account();
  // After login. Conflict if another account or device is signed in here: forget() or a new profile first.
  [[nodiscard]] Async<> signIn(AccountRecord record, SecretBytes refreshToken);
  [[nodiscard]] Async<> setApproved(bool isApproved);

  // Unauthorized if there is no refresh token.
  [[nodiscard]] Async<RefreshAttempt> beginRefresh();
  [[nodiscard]] Async<> finishRefresh(SecretBytes newRefreshToken);
  [[nodiscard]] Async<> dropRefreshToken();

  // Once per start of a session, before connecting.
  [[nodiscard]] Async<BootMark> countBoot();
  [[nodiscard]] Async<BootMark> bootMark();

  [[nodiscard]] Async<std::optional<QString>> setting(QString name);
  [[nodiscard]] Async<> setSetting(QString name, QString value);

  [[nodiscard]] Async<std::optional<model::Draft>> draft(ConversationId conversation);
  // An empty text without quote and edit target removes the draft.
  [[nodiscard]] Async<> saveDraft(model::Draft draft);

 private:
  VaultThread &m_thread;
};

}  // namespace gx::vault
