// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/error.h"
#include "core/wire/problem_dto.h"
#include "server/services/message_relay.h"

namespace gx::server::gateway {

// The one argument of an ack (PROTOCOL.md 6): {"ok":…} or {"error":…}.
[[nodiscard]] QByteArray okAnswer(QByteArrayView json);
[[nodiscard]] QByteArray errorAnswer(const Error &error);
[[nodiscard]] QByteArray errorAnswer(const services::SendRefusal &refusal);

// The error as the protocol says it; errors of ours are logged.
[[nodiscard]] wire::Problem eventProblem(const Error &error);

}  // namespace gx::server::gateway
