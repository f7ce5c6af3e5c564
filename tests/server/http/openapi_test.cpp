// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "server/http/openapi_route.h"
#include "server/http/openapi_schemas.h"
#include "tests/support/await.h"

namespace gx::server::http {

using namespace Qt::StringLiterals;

namespace {

wire::RelayInfo localDemo() {
  wire::RelayInfo info;
  info.environment = "local";
  info.demo = true;
  info.registration = "open";
  return info;
}

QJsonObject described(const RouteTable &table) {
  return QJsonDocument::fromJson(describeRoutes(table, localDemo())).object();
}

QJsonObject schemaJson(const Schema &schema) {
  wire::JsonWriter out;
  writeSchema(out, schema);
  return QJsonDocument::fromJson(out.take()).object();
}

void collectRefs(const QJsonValue &value, QStringList &refs) {
  if (value.isArray())
    for (const auto &item : value.toArray()) collectRefs(item, refs);
  const QJsonObject object = value.toObject();
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (it.key() == u"$ref"_s) refs.append(it.value().toString());
    collectRefs(it.value(), refs);
  }
}

}  // namespace

TEST(OpenApi, DescribesEachRouteOfTheTable) {
  RouteTable table;
  table.add({.method = net::HttpMethod::Post,
             .path = "/auth/login",
             .access = Access::Everyone,
             .summary = "Sign in",
             .takes = "LoginRequest",
             .gives = "LoginResponse"});
  table.add(
      {.method = net::HttpMethod::Get, .path = "/keys/manifest/{user_id}", .gives = "ManifestPage", .query = "after"});

  const QJsonObject paths = described(table)[u"paths"].toObject();

  ASSERT_EQ(paths.size(), 2);
  const QJsonObject login = paths[u"/auth/login"].toObject()[u"post"].toObject();
  EXPECT_EQ(login[u"security"].toArray().size(), 0);
  EXPECT_TRUE(login[u"requestBody"].isObject());
  EXPECT_TRUE(login[u"responses"].toObject()[u"200"].isObject());
  EXPECT_TRUE(login[u"responses"].toObject()[u"default"].isObject());
  const QJsonObject manifest = paths[u"/keys/manifest/{user_id}"].toObject()[u"get"].toObject();
  EXPECT_EQ(manifest[u"security"].toArray().size(), 1);
  EXPECT_EQ(manifest[u"parameters"].toArray().size(), 2);
  EXPECT_FALSE(manifest.contains(u"requestBody"));
}

TEST(OpenApi, SaysWhatAClientNeedsBeforeSigningIn) {
  const RouteTable table;

  const auto info = wire::RelayInfo::parse(describeRoutes(table, localDemo()));

  ASSERT_TRUE(info) << info.error().detail.constData();
  EXPECT_EQ(info->apiLevel, 1);
  EXPECT_EQ(info->environment, "local");
  EXPECT_TRUE(info->demo);
  EXPECT_EQ(info->registration, "open");
}

TEST(OpenApi, EveryReferenceLeadsToASchema) {
  RouteTable table;
  for (const Schema &schema : schemas()) {
    const QByteArray path = QByteArray("/") + schema.name;
    static QList<QByteArray> kept;
    kept.append(path);
    table.add(
        {.method = net::HttpMethod::Post, .path = kept.last().constData(), .takes = schema.name, .gives = schema.name});
  }

  QStringList refs;
  collectRefs(described(table), refs);

  EXPECT_GT(refs.size(), 80);
  for (const QString &ref : refs) EXPECT_NE(findSchema(ref.section(u'/', -1).toUtf8()), nullptr) << ref.toStdString();
}

TEST(OpenApi, SchemasSayTypesAndBounds) {
  const QJsonObject schema = schemaJson({"X",
                                         "a:text(254) b?:bytes(33) c:number(1,9) d:flag e:uuid f:ONE|TWO "
                                         "g:[PreKey](100) h:PreKey i:device j:time k:[uuid]"});

  const QJsonObject properties = schema[u"properties"].toObject();
  EXPECT_EQ(properties[u"a"].toObject()[u"maxLength"].toInt(), 254);
  EXPECT_EQ(properties[u"b"].toObject()[u"format"].toString(), u"byte");
  EXPECT_EQ(properties[u"b"].toObject()[u"maxLength"].toInt(), 44);
  EXPECT_EQ(properties[u"c"].toObject()[u"minimum"].toInt(), 1);
  EXPECT_EQ(properties[u"c"].toObject()[u"maximum"].toInt(), 9);
  EXPECT_EQ(properties[u"d"].toObject()[u"type"].toString(), u"boolean");
  EXPECT_EQ(properties[u"e"].toObject()[u"format"].toString(), u"uuid");
  EXPECT_EQ(properties[u"f"].toObject()[u"enum"].toArray().size(), 2);
  EXPECT_EQ(properties[u"g"].toObject()[u"maxItems"].toInt(), 100);
  EXPECT_EQ(properties[u"g"].toObject()[u"items"].toObject()[u"$ref"].toString(), u"#/components/schemas/PreKey");
  EXPECT_EQ(properties[u"h"].toObject()[u"$ref"].toString(), u"#/components/schemas/PreKey");
  EXPECT_EQ(properties[u"i"].toObject()[u"type"].toString(), u"integer");
  EXPECT_EQ(properties[u"k"].toObject()[u"items"].toObject()[u"format"].toString(), u"uuid");
  EXPECT_EQ(schema[u"required"].toArray().size(), 10);
}

TEST(OpenApi, TheRouteDescribesItselfToo) {
  RouteTable table;
  addOpenApiRoute(table, localDemo());

  const auto match = table.find(net::HttpMethod::Get, "/openapi.json");
  ASSERT_NE(match.route, nullptr);
  EXPECT_TRUE(match.isPublic);
  const auto answer = test::await(match.route->handler({}));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_TRUE(answer->body.contains("/openapi.json"));
}

}  // namespace gx::server::http
