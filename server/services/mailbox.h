// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>

#include "core/wire/message_dto.h"
#include "core/wire/session_dto.h"
#include "server/domain/ports.h"

namespace gx::server::services {

// The receiving side: what waits for a device, and its acknowledgement.
class Mailbox final {
 public:
  using AckDone = std::function<void(Result<wire::MailAck>)>;
  explicit Mailbox(const domain::Ports &ports);

  // Letters after `after`; limit 1 … 100. From the oldest on when `after` names a letter that is not there.
  [[nodiscard]] Async<wire::MailPage> page(domain::Principal who, wire::MailAck after, int limit);
  // Up to where the mailbox is acknowledged now; a message id that is not the letter's there changes nothing. Without
  // one: bad_request for a negative seq or one beyond the head. Hot path.
  void acknowledge(const domain::Principal &who, const wire::MailAck &upTo, AckDone done);
  // A connection begins: takes `after` as an acknowledgement where its message id proves that it is of this mailbox (a
  // relay that was set back to a backup counts again, and gives the same number to other letters), notes boot state
  // and day, and says what stands in `ready`.
  [[nodiscard]] Async<wire::Ready> open(domain::Principal who, wire::ConnectAuth auth);

 private:
  domain::Ports m_ports;
};

}  // namespace gx::server::services
