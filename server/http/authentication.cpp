// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/authentication.h"

#include <algorithm>

namespace gx::server::http {

namespace {

constexpr qsizetype kLongestToken = 256;

}  // namespace

std::optional<QByteArray> bearerToken(const net::HttpRequest &request) {
  if (request.headers.count("authorization") != 1) return std::nullopt;
  const QByteArrayView value = request.headers.value("authorization");
  constexpr QByteArrayView kScheme = "bearer ";
  if (value.size() <= kScheme.size() || value.size() > kScheme.size() + kLongestToken) return std::nullopt;
  if (value.first(kScheme.size()).compare(kScheme, Qt::CaseInsensitive) != 0) return std::nullopt;
  const QByteArrayView token = value.sliced(kScheme.size());
  if (std::ranges::any_of(token, [](char c) { return c <= ' ' || c > '~'; })) return std::nullopt;
  return token.toByteArray();
}

}  // namespace gx::server::http
