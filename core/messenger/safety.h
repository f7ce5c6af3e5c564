// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/messenger/device_lists.h"
#include "core/messenger/inbox.h"

namespace gx::messenger {

// Safety numbers and the user's decisions about people whose devices changed.
class Safety final {
 public:
  Safety(DeviceLists &lists, Inbox &inbox, Outbox &outbox, vault::Vault &vault);

  // Over the device lists of now.
  [[nodiscard]] Async<model::SafetyNumber> number(UserId user);
  [[nodiscard]] Async<model::Trust> trust(UserId user);
  // Why it is Broken, as an Error whose code has words; nothing where it is not.
  [[nodiscard]] Async<std::optional<Error>> alarm(UserId user);
  [[nodiscard]] Async<> markVerified(UserId user, bool isVerified);
  // Goes on with a person whose account started a new device chain, or whose own device told of another list than ours:
  // held letters open, queued ones leave.
  [[nodiscard]] Async<> acceptNewRoot(UserId user);

 private:
  DeviceLists &m_lists;
  Inbox &m_inbox;
  Outbox &m_outbox;
  vault::Vault &m_vault;
};

}  // namespace gx::messenger
