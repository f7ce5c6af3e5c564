// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/output.h"
#include "app/profile/profile.h"
#include "core/base/pause.h"

namespace gx::cli {

// What every verb needs: the opened profile, going online, waiting for something to be true, names of people.
class CliSession final : public QObject {
  Q_OBJECT
 public:
  CliSession(CommandLine line, Output &output, Clock &clock, Random &random);

  [[nodiscard]] const CommandLine &line() const { return m_line; }
  [[nodiscard]] Output &output() { return m_output; }
  [[nodiscard]] Clock &clock() { return m_clock; }
  [[nodiscard]] app::Profile &profile() { return *m_profile; }
  [[nodiscard]] messenger::AccountSession &session() { return m_profile->session(); }
  [[nodiscard]] const vault::AccountRecord &account() const { return m_account; }

  [[nodiscard]] app::ProfileOptions profileOptions(bool mayCreate) const;
  // Opens the profile; `mayCreate` for signing in.
  [[nodiscard]] Async<> open(bool mayCreate);
  // Takes up tokens and starts to connect; does not wait. Needs a signed-in, approved device.
  [[nodiscard]] Async<> connectAccount();
  // Reads the account anew: after signing in.
  [[nodiscard]] Async<> reload() { return loadAccount(); }
  // Until everything that waited for us is here, or it is clear that the relay cannot be reached. False then.
  [[nodiscard]] QCoro::Task<bool> catchUp();
  // Until receipts and the like have left, at most `limit`.
  [[nodiscard]] QCoro::Task<> flush(std::chrono::milliseconds limit);
  [[nodiscard]] QCoro::Task<> close();

  // True as soon as `done` says so; looked at after every signal of the session. False after `limit`.
  [[nodiscard]] QCoro::Task<bool> waitUntil(std::function<bool()> done, std::chrono::milliseconds limit);
  // Looks again at what waitUntil() waits for, once everybody heard of the signal that is being told now.
  void wake();

  // The conversation with WHO, asked of the relay if it is new.
  [[nodiscard]] Async<ConversationId> conversationWith(QString who);
  // A message by its id or by the end of it that is shown behind #.
  [[nodiscard]] Async<vault::ArchivedMessage> messageBy(ConversationId conversation, QString id);
  [[nodiscard]] Async<QString> nameOf(UserId user);

 private:
  Async<> loadAccount();
  void wakeOnSignals();

  CommandLine m_line;
  Output &m_output;
  Clock &m_clock;
  Random &m_random;
  Pause m_pause;
  std::unique_ptr<app::Profile> m_profile;
  vault::AccountRecord m_account;
};

}  // namespace gx::cli
