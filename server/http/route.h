// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <vector>

#include "core/base/async.h"
#include "core/wire/limits.h"
#include "core/wire/problem_dto.h"
#include "server/domain/principal.h"
#include "server/net/http_exchange.h"

namespace gx::server::http {

enum class Access { Everyone, AnyDevice, ActiveDevice };  // AnyDevice: a pending one too

// One request on its way to a route's handler. `principal` is null ids where the route is open to everyone.
struct RouteCall {
  net::HttpRequest request;
  domain::Principal principal;
  QByteArray argument;  // what stands for the template's {…}
};

// A refusal that needs more than an Error can say: lists of devices.
struct RouteAnswer {
  int status = 200;
  QByteArray body;  // JSON, empty for 204
  std::vector<net::HttpHeaderLine> headers{};
  std::optional<wire::Problem> problem{};  // instead of all of it

  [[nodiscard]] static RouteAnswer ok(QByteArray json) { return {200, std::move(json)}; }
  [[nodiscard]] static RouteAnswer created(QByteArray json) { return {201, std::move(json)}; }
  [[nodiscard]] static RouteAnswer nothing() { return {204, {}}; }
};

using RouteHandler = std::function<Async<RouteAnswer>(RouteCall)>;

// One row of the route table: what is served, to whom, and what the description says of it.
struct Route {
  net::HttpMethod method = net::HttpMethod::Get;
  const char *path = "";  // template below the prefix, with at most one {argument}
  Access access = Access::ActiveDevice;
  RouteHandler handler{};
  const char *summary = "";
  const char *takes = "";  // schema of the body, "" for none
  const char *gives = "";  // schema of the answer, "" for 204
  int status = 200;        // of success
  const char *query = "";  // parameters, "after limit"
  qsizetype bodyBytes = wire::limits::kJsonBodyBytes;

  [[nodiscard]] bool takesBody() const { return takes[0] != '\0'; }
};

}  // namespace gx::server::http
