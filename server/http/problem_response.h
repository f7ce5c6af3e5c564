// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/error.h"
#include "core/wire/problem_dto.h"
#include "server/net/http_exchange.h"

namespace gx::server::http {

// The answer to a request that failed. The only place where kinds and codes of errors become statuses.
[[nodiscard]] net::HttpResponse problemResponse(wire::Problem problem, QByteArray requestId);
[[nodiscard]] net::HttpResponse problemResponse(const Error &error, QByteArray requestId);

}  // namespace gx::server::http
