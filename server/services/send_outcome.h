// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QList>
#include <optional>
#include <tl/expected.hpp>

#include "core/wire/message_dto.h"
#include "core/wire/problem_dto.h"
#include "server/domain/principal.h"

namespace gx::server::services {

// Why a message was not taken; the lists belong to device_mismatch and stale_device.
struct SendRefusal {
  Error error;
  QList<wire::DeviceRef> missing{};
  QList<wire::DeviceRef> extra{};
  QList<wire::DeviceRef> stale{};
};
using SendOutcome = tl::expected<wire::SendAccepted, SendRefusal>;

}  // namespace gx::server::services
