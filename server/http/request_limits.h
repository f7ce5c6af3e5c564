// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route.h"

namespace gx::server::http {

// Bytes of body a request may bring: what its route takes, little where no route does.
[[nodiscard]] qsizetype bodyLimit(const Route *route);

// TooLarge when the request announces more than `limit`; a body without a length is counted while it comes.
[[nodiscard]] Result<> checkAnnouncedLength(const net::HttpRequest &request, qsizetype limit);

// The head announces a body, of whatever length.
[[nodiscard]] bool announcesBody(const net::HttpRequest &request);

// A body must be called application/json, in UTF-8.
[[nodiscard]] Result<> checkContentType(const net::HttpRequest &request);

// A page size from the query: `fallback` when absent, Invalid unless 1 … most.
[[nodiscard]] Result<int> pageLimit(const net::HttpRequest &request, int fallback, int most);
// A number from the query: 0 when absent.
[[nodiscard]] Result<qint64> numberFromQuery(const net::HttpRequest &request, QByteArrayView name);

}  // namespace gx::server::http
