// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_exchange.h"

#include <gtest/gtest.h>

namespace gx::server::net {
namespace {

TEST(HttpHeaders, FindsFieldsByLowerCaseName) {
  HttpHeaders headers;
  headers.append("Content-TYPE", "text/plain");
  headers.append("x-a", "1");
  headers.append("X-A", "2");

  EXPECT_EQ(headers.value("content-type"), "text/plain");
  EXPECT_EQ(headers.value("x-a"), "1");
  EXPECT_EQ(headers.count("x-a"), 2);
  EXPECT_TRUE(headers.contains("x-a"));
  EXPECT_FALSE(headers.contains("x-b"));
  EXPECT_TRUE(headers.value("x-b").isEmpty());
  EXPECT_EQ(headers.nameAt(0), "content-type");
  EXPECT_EQ(headers.valueAt(2), "2");
}

TEST(HttpHeaders, ReadsLists) {
  HttpHeaders headers;
  headers.append("Connection", "keep-alive ,  Upgrade");
  headers.append("Connection", "x");

  EXPECT_TRUE(headers.listHolds("connection", "upgrade"));
  EXPECT_TRUE(headers.listHolds("connection", "X"));
  EXPECT_FALSE(headers.listHolds("connection", "up"));
  EXPECT_FALSE(headers.listHolds("other", "x"));
}

TEST(HttpRequest, ReadsQueryValues) {
  HttpRequest request;
  request.query = "after=12&limit=";
  EXPECT_EQ(request.queryValue("after"), "12");
  EXPECT_EQ(request.queryValue("limit"), "");
  EXPECT_FALSE(request.queryValue("x"));
}

TEST(HttpResponse, MakesBodiesOfKnownKinds) {
  EXPECT_EQ(HttpResponse::json(201, "{}").contentType, "application/json");
  EXPECT_EQ(HttpResponse::text(200, "x").body, "x");
  const HttpResponse problem = HttpResponse::problem(404, "not_found", "no \"such\" path");
  EXPECT_EQ(problem.status, 404);
  EXPECT_EQ(problem.body, R"({"code":"not_found","message":"no \"such\" path"})");
}

TEST(ReasonPhrase, KnowsStatuses) {
  EXPECT_EQ(reasonPhrase(200), "OK");
  EXPECT_EQ(reasonPhrase(431), "Request Header Fields Too Large");
  EXPECT_EQ(reasonPhrase(799), "Status");
}

TEST(MethodName, IsTheToken) {
  EXPECT_EQ(methodName(HttpMethod::Get), "GET");
  EXPECT_EQ(methodName(HttpMethod::Options), "OPTIONS");
}

}  // namespace
}  // namespace gx::server::net
