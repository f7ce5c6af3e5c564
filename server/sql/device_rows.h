// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "server/domain/device.h"
#include "server/sql/mailbox_book.h"
#include "server/sql/sql_connection.h"

// Statements about devices that several repositories share. Inside the caller's transaction.
namespace gx::server::sql {

[[nodiscard]] wire::DeviceState deviceState(const QByteArray &text);

// NotFound not_found.
[[nodiscard]] Result<domain::Device> findDevice(SqlConnection &db, DeviceId id);
// Pending and active ones of the user, by time of making.
[[nodiscard]] Result<std::vector<domain::Device>> listDevices(SqlConnection &db, const UserId &user);

// A pending device with all that hangs on it.
[[nodiscard]] Result<> deleteDevice(SqlConnection &db, DeviceId id);
[[nodiscard]] Result<> deleteTokens(SqlConnection &db, DeviceId id);

// pending → active: it has a mailbox from now on.
[[nodiscard]] Result<> activateDevice(SqlConnection &db, MailboxBook &book, DeviceId id);
// active → revoked: tokens, keys, link and mailbox go.
[[nodiscard]] Result<> revokeDevice(SqlConnection &db, MailboxBook &book, DeviceId id);
// Messages that were checked against the account's devices of before are refused from now on.
[[nodiscard]] Result<> nextDeviceGeneration(SqlConnection &db, MailboxBook &book, const UserId &user);

}  // namespace gx::server::sql
