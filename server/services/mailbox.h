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

  // Letters after `after`; limit 1 … 100.
  [[nodiscard]] Async<wire::MailPage> page(domain::Principal who, qint64 after, int limit);
  // bad_request for a negative seq or one beyond the head. Hot path.
  void acknowledge(const domain::Principal &who, qint64 seq, AckDone done);
  // A connection begins: takes `after` as an acknowledgement (a cursor beyond the head is passed over: the relay may
  // have been restored), notes boot state and day, and says what stands in `ready`.
  [[nodiscard]] Async<wire::Ready> open(domain::Principal who, wire::ConnectAuth auth);

 private:
  domain::Ports m_ports;
};

}  // namespace gx::server::services
