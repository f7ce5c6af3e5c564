// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "server/http/route.h"

namespace gx::server::http {

// All REST routes. Filled at start, read afterwards; any thread may read.
class RouteTable final {
 public:
  struct Match {
    const Route *route = nullptr;  // null: no such path, or not with this method
    QByteArray argument;
    std::vector<net::HttpMethod> allowed;  // methods of the path when the method is the trouble
    bool isPublic = false;                 // the path is one that everyone may ask for
  };

  // A literal path wins over one with an argument. Method and path must be new (asserted).
  void add(Route route);
  // `path` below the prefix, "/keys/count".
  [[nodiscard]] Match find(net::HttpMethod method, QByteArrayView path) const;
  [[nodiscard]] const std::vector<Route> &routes() const { return m_routes; }

 private:
  std::vector<Route> m_routes;
};

// The argument if the path fits the template: empty for a template without one. An argument is one segment, not empty.
[[nodiscard]] std::optional<QByteArray> matchTemplate(QByteArrayView pathTemplate, QByteArrayView path);

}  // namespace gx::server::http
