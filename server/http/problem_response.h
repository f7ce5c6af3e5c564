// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/error.h"
#include "core/wire/problem_dto.h"
#include "server/net/http_exchange.h"

namespace gx::server::http {

// What an error says to a client: its own code if the protocol knows it, else the one that stands for its kind. Errors
// of ours (store, bugs) tell nothing of their detail.
[[nodiscard]] wire::Problem problemOf(const Error &error);

// The answer to a request that failed. The only place where kinds and codes of errors become statuses.
[[nodiscard]] net::HttpResponse problemResponse(wire::Problem problem, QByteArray requestId);
[[nodiscard]] net::HttpResponse problemResponse(const Error &error, QByteArray requestId);

}  // namespace gx::server::http
