// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "server/net/http_exchange.h"

namespace gx::server::net {

class HttpServer;

// RFC 6455 4.2: whether the upgrade request is right; if not, the answer to it.
[[nodiscard]] std::optional<HttpResponse> checkHandshake(const HttpRequest &request, const HttpServer &server);

// 101 with the key's proof; no extension, no subprotocol.
[[nodiscard]] HttpResponse handshakeAnswer(const HttpRequest &request);

}  // namespace gx::server::net
