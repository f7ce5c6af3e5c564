// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/roster.h"
#include "server/services/send_outcome.h"

namespace gx::server::services {

// Does the message hold one envelope for every active device of every member, but the sending one, and with the
// registration ids of today? Nothing when it does; else not_found, no_devices, device_mismatch or stale_device with
// their lists.
[[nodiscard]] std::optional<SendRefusal> findMismatch(const domain::Roster &roster, const domain::Principal &sender,
                                                      const wire::SendRequest &request);
// Counts and sizes, and that no device is named twice.
[[nodiscard]] std::optional<SendRefusal> findExcess(const wire::SendRequest &request);

}  // namespace gx::server::services
