// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/openapi_route.h"

#include <QList>
#include <algorithm>

#include "core/wire/json_writer.h"
#include "core/wire/protocol_version.h"
#include "core/wire/routes.h"
#include "server/http/openapi_schemas.h"

namespace gx::server::http {

namespace {

void writeSchemaRef(wire::JsonWriter &out, QByteArrayView name) {
  out.key("content").beginObject().key("application/json").beginObject().key("schema").beginObject();
  out.key("$ref").text("#/components/schemas/" + name.toByteArray());
  out.endObject().endObject().endObject();
}

void writeParameter(wire::JsonWriter &out, QByteArrayView name, bool isInPath) {
  out.beginObject().key("name").text(name).key("in").text(isInPath ? "path" : "query");
  out.key("required").flag(isInPath).key("schema").beginObject().key("type").text("string").endObject().endObject();
}

void writeParameters(wire::JsonWriter &out, const Route &route) {
  const QByteArray path(route.path);
  const qsizetype open = path.indexOf('{');
  const QByteArray query(route.query);
  if (open < 0 && query.isEmpty()) return;
  out.key("parameters").beginArray();
  if (open >= 0) writeParameter(out, path.sliced(open + 1, path.indexOf('}') - open - 1), true);
  if (!query.isEmpty())
    for (const QByteArray &name : query.split(' ')) writeParameter(out, name, false);
  out.endArray();
}

void writeResponses(wire::JsonWriter &out, const Route &route) {
  out.key("responses").beginObject().key(QByteArray::number(route.status)).beginObject();
  out.key("description").text("done");
  if (route.gives[0] != '\0') writeSchemaRef(out, route.gives);
  out.endObject().key("default").beginObject().key("description").text("a problem");
  writeSchemaRef(out, "Problem");
  out.endObject().endObject();
}

void writeOperation(wire::JsonWriter &out, const Route &route) {
  out.key(net::methodName(route.method).toByteArray().toLower()).beginObject().key("summary").text(route.summary);
  const char *who[] = {"everyone", "any device", "active device"};
  out.key("x-gx-who").text(who[static_cast<int>(route.access)]).key("security").beginArray();
  if (route.access != Access::Everyone) out.beginObject().key("accessToken").beginArray().endArray().endObject();
  out.endArray();
  writeParameters(out, route);
  if (route.takesBody()) {
    out.key("requestBody").beginObject().key("required").flag(true);
    writeSchemaRef(out, route.takes);
    out.endObject();
  }
  writeResponses(out, route);
  out.endObject();
}

void writePaths(wire::JsonWriter &out, const RouteTable &table) {
  QList<QByteArray> paths;
  for (const Route &route : table.routes())
    if (!paths.contains(route.path)) paths.append(route.path);
  out.key("paths").beginObject();
  for (const QByteArray &path : paths) {
    out.key(path).beginObject();
    for (const Route &route : table.routes())
      if (path == route.path) writeOperation(out, route);
    out.endObject();
  }
  out.endObject();
}

void writeComponents(wire::JsonWriter &out) {
  out.key("components").beginObject().key("securitySchemes").beginObject().key("accessToken").beginObject();
  out.key("type").text("http").key("scheme").text("bearer").endObject().endObject().key("schemas").beginObject();
  for (const Schema &schema : schemas()) {
    out.key(schema.name);
    writeSchema(out, schema);
  }
  out.endObject().endObject();
}

Async<RouteAnswer> answeredWith(QByteArray json) {
  co_return RouteAnswer::ok(std::move(json));
}

}  // namespace

QByteArray describeRoutes(const RouteTable &table, const wire::RelayInfo &relay) {
  wire::JsonWriter out;
  out.beginObject().key("openapi").text("3.0.3").key("info").beginObject().key("title").text("GX relay");
  out.key("version").text(QByteArray::number(wire::kApiLevel)).endObject();
  out.key("servers").beginArray().beginObject().key("url").text(wire::routes::kApiPrefix).endObject().endArray();
  out.key("x-gx-relay").raw(relay.toJson());
  writePaths(out, table);
  writeComponents(out);
  out.endObject();
  return out.take();
}

void addOpenApiRoute(RouteTable &table, wire::RelayInfo relay) {
  auto describe = [&table, relay = std::move(relay), text = QByteArray()](RouteCall) mutable {
    if (text.isEmpty()) text = describeRoutes(table, relay);
    return answeredWith(text);
  };
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kOpenApi,
             .access = Access::Everyone,
             .handler = std::move(describe),
             .summary = "This description",
             .gives = "OpenApi"});
}

}  // namespace gx::server::http
