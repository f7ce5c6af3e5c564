// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <optional>

#include "core/base/async.h"
#include "server/domain/principal.h"
#include "server/net/http_exchange.h"

namespace gx::server::http {

// Whom an access token stands for: Unauthorized when nobody.
using TokenCheck = std::function<Async<domain::Principal>(QByteArray token)>;

// The token of `Authorization: Bearer …`: one header, the scheme in any case, printable characters, at most 256.
// Anything else is no token.
[[nodiscard]] std::optional<QByteArray> bearerToken(const net::HttpRequest &request);

}  // namespace gx::server::http
