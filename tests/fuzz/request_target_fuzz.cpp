// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/routes.h"
#include "core/wire/utf8.h"
#include "server/http/route_table.h"
#include "server/net/request_target.h"
#include "tests/fuzz/fuzz_input.h"

// A request target: path and query decoded, the route found. There is one reading of each path, and one spelling of
// each reading.
namespace {

using namespace gx::fuzz;
using namespace gx::server;
namespace routes = gx::wire::routes;

constexpr const char *kTemplates[] = {
    routes::kOpenApi,    routes::kRegister,    routes::kLogin,         routes::kRefresh,      routes::kLogout,
    routes::kDevices,    routes::kDevice,      routes::kKeys,          routes::kKeysReset,    routes::kKeysCount,
    routes::kKeysAudit,  routes::kKeysBundles, routes::kKeysDevices,   routes::kManifestOf,   routes::kManifest,
    routes::kLink,       routes::kLinkOf,      routes::kConversations, routes::kConversation, routes::kMessages,
    routes::kMessagesAck};

http::RouteTable allRoutes() {
  http::RouteTable table;
  for (const char *path : kTemplates) table.add({.method = net::HttpMethod::Get, .path = path});
  table.add({.method = net::HttpMethod::Delete, .path = routes::kDevice});
  return table;
}

void checkPath(const QByteArray &path) {
  require(path.startsWith('/') && gx::wire::isUtf8(path));
  require(!path.contains("//") && !path.contains(';') && !path.contains('\\'));
  for (const QByteArray &segment : path.split('/')) require(segment != "." && segment != "..");
  for (const char c : path) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  const auto again = net::RequestTarget::parse(path.toPercentEncoding("/"));
  require(again && again->path == path && again->query.isEmpty());
}

// Each pair decoded by itself; of several with one name the first counts.
void checkQuery(const QByteArray &query) {
  for (const QByteArray &pair : query.split('&')) {
    const qsizetype equals = pair.indexOf('=');
    const QByteArray name = equals < 0 ? pair : pair.first(equals);
    if (name.isEmpty() || name.contains('%') || name.contains('+') || !gx::wire::isUtf8(name)) continue;
    const auto value = net::queryValue(query, name);
    if (!value) continue;
    require(gx::wire::isUtf8(*value));
    require(net::queryValue(name + '=' + value->toPercentEncoding(), name) == value);
    require(net::queryValue("a=b&" + name.toPercentEncoding() + '=' + value->toPercentEncoding(), name) == value ||
            name == "a");
  }
}

void checkRoute(const QByteArray &below) {
  static const http::RouteTable kRoutes = allRoutes();
  const http::RouteTable::Match match = kRoutes.find(net::HttpMethod::Get, below);
  const bool isLiteral = std::any_of(std::begin(kTemplates), std::end(kTemplates), [&](const char *known) {
    return below == QByteArrayView(known) && !below.contains('{');
  });
  require(!isLiteral || (match.route != nullptr && match.argument.isEmpty()));
  if (match.route == nullptr) return;
  const QByteArrayView known(match.route->path);
  const qsizetype brace = known.indexOf('{');
  if (brace < 0) return require(known == below && match.argument.isEmpty());
  require(!match.argument.isEmpty() && !match.argument.contains('/'));
  const QByteArray after = known.sliced(known.indexOf('}') + 1).toByteArray();
  require(known.first(brace).toByteArray() + match.argument + after == below);
  require(kRoutes.find(net::HttpMethod::Patch, below).route == nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));  // its own block
  const auto target = net::RequestTarget::parse(bytes);
  if (target) {
    require(bytes.contains('?') || target->query.isEmpty());
    checkPath(target->path);
    checkQuery(target->query);
    checkRoute(target->path);
    constexpr QByteArrayView kPrefix(routes::kApiPrefix);
    if (target->path.startsWith(kPrefix)) checkRoute(target->path.sliced(kPrefix.size()));
  }
  if (gx::wire::isUtf8(bytes)) checkQuery(bytes);  // otherwise whatever its characters
  checkRoute(bytes);
  return 0;
}
