// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"

namespace gx::server::admin {

enum class PortState { Free, ServedByRelay, TakenByOther };

// Whether one could listen at "127.0.0.1:3007", or who does. A relay answers GET `path` with `sign` in the answer.
// Blocks up to 2 s.
[[nodiscard]] Result<PortState> lookAtPort(const QByteArray &listen, const QByteArray &path, const QByteArray &sign);

}  // namespace gx::server::admin
