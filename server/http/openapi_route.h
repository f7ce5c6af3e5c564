// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/session_dto.h"
#include "server/http/route_table.h"

namespace gx::server::http {

// The description of all routes (OpenAPI 3.0), made from the table; `relay` becomes x-gx-relay.
[[nodiscard]] QByteArray describeRoutes(const RouteTable &table, const wire::RelayInfo &relay);

// Adds GET /openapi.json, which describes the table as it is when asked first.
void addOpenApiRoute(RouteTable &table, wire::RelayInfo relay);

}  // namespace gx::server::http
