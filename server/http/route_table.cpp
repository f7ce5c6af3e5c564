// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/route_table.h"

#include <algorithm>

namespace gx::server::http {

namespace {

bool hasArgument(QByteArrayView pathTemplate) {
  return pathTemplate.contains('{');
}

}  // namespace

std::optional<QByteArray> matchTemplate(QByteArrayView pathTemplate, QByteArrayView path) {
  const qsizetype brace = pathTemplate.indexOf('{');
  if (brace < 0) return pathTemplate == path ? std::optional(QByteArray()) : std::nullopt;
  const QByteArrayView after = pathTemplate.sliced(pathTemplate.indexOf('}') + 1);
  if (path.size() <= brace + after.size()) return std::nullopt;
  if (!path.startsWith(pathTemplate.first(brace)) || !path.endsWith(after)) return std::nullopt;
  const QByteArrayView argument = path.sliced(brace, path.size() - brace - after.size());
  if (argument.contains('/')) return std::nullopt;
  return argument.toByteArray();
}

void RouteTable::add(Route route) {
  Q_ASSERT(std::ranges::none_of(m_routes, [&](const Route &other) {
    return other.method == route.method && QByteArrayView(other.path) == QByteArrayView(route.path);
  }));
  const auto place = hasArgument(route.path)
                         ? m_routes.end()
                         : std::ranges::find_if(m_routes, [](const Route &other) { return hasArgument(other.path); });
  m_routes.insert(place, std::move(route));
}

RouteTable::Match RouteTable::find(net::HttpMethod method, QByteArrayView path) const {
  Match match;
  QByteArrayView pathFound;
  for (const Route &route : m_routes) {
    if (!pathFound.isNull() && pathFound != QByteArrayView(route.path)) continue;
    auto argument = matchTemplate(route.path, path);
    if (!argument) continue;
    pathFound = route.path;
    match.isPublic = route.access == Access::Everyone;
    match.allowed.push_back(route.method);
    if (route.method != method) continue;
    match.route = &route;
    match.argument = std::move(*argument);
    return match;
  }
  return match;
}

}  // namespace gx::server::http
