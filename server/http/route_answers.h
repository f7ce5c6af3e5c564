// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route.h"

namespace gx::server::http {

// What most handlers end with: the value's JSON, or the error.
template <typename T>
[[nodiscard]] Async<RouteAnswer> jsonOf(Async<T> task, int status = 200) {
  Result<T> value = co_await task;
  if (!value) co_return fail(value.error());
  RouteAnswer answer;
  answer.status = status;
  answer.body = value->toJson();
  co_return answer;
}

// 204, or the error.
[[nodiscard]] inline Async<RouteAnswer> nothingAfter(Async<> task) {
  Result<> done = co_await task;
  if (!done) co_return fail(done.error());
  co_return RouteAnswer::nothing();
}

[[nodiscard]] inline Async<RouteAnswer> refused(Error error) {
  co_return fail(std::move(error));
}

// The id in the path. What is no id names nothing.
template <typename Id>
[[nodiscard]] Result<Id> idInPath(const RouteCall &call) {
  std::optional<Id> id;
  if constexpr (std::is_same_v<Id, DeviceId>)
    id = parseDeviceId(call.argument);
  else
    id = parseId<Id>(call.argument);
  if (!id) return fail(ErrorKind::NotFound, "no such thing", "not_found");
  return *id;
}

}  // namespace gx::server::http
