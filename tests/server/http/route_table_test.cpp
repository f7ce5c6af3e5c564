// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/route_table.h"

#include <gtest/gtest.h>

namespace gx::server::http {

namespace {

using net::HttpMethod;

RouteTable someTable() {
  RouteTable table;
  table.add({.method = HttpMethod::Get, .path = "/keys/link/{device_id}"});
  table.add({.method = HttpMethod::Get, .path = "/keys/{name}"});
  table.add({.method = HttpMethod::Put, .path = "/keys"});
  table.add({.method = HttpMethod::Get, .path = "/keys/count"});
  table.add({.method = HttpMethod::Post, .path = "/auth/login", .access = Access::Everyone});
  table.add({.method = HttpMethod::Get, .path = "/messages"});
  table.add({.method = HttpMethod::Post, .path = "/messages"});
  return table;
}

}  // namespace

TEST(RouteTable, MatchesTemplates) {
  EXPECT_EQ(matchTemplate("/a/b", "/a/b"), "");
  EXPECT_EQ(matchTemplate("/a/{x}", "/a/12"), "12");
  EXPECT_EQ(matchTemplate("/a/{x}/c", "/a/12/c"), "12");
  for (const char *path : {"/a/", "/a", "/a/1/2", "/b/1", "", "/a/1/"})
    EXPECT_FALSE(matchTemplate("/a/{x}", path)) << path;
  for (const char *path : {"/a/c", "/a//c", "/a/1/2/c", "/a/1/d"})
    EXPECT_FALSE(matchTemplate("/a/{x}/c", path)) << path;
}

TEST(RouteTable, FindsByMethodAndPath) {
  const RouteTable table = someTable();

  const auto match = table.find(HttpMethod::Post, "/messages");

  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->method, HttpMethod::Post);
  EXPECT_FALSE(match.isPublic);
}

TEST(RouteTable, LiteralPathsWinOverTemplates) {
  const RouteTable table = someTable();

  EXPECT_STREQ(table.find(HttpMethod::Get, "/keys/count").route->path, "/keys/count");
  const auto match = table.find(HttpMethod::Get, "/keys/other");
  EXPECT_STREQ(match.route->path, "/keys/{name}");
  EXPECT_EQ(match.argument, "other");
}

TEST(RouteTable, NamesTheMethodsOfAPath) {
  const auto match = someTable().find(HttpMethod::Delete, "/messages");

  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.allowed, (std::vector{HttpMethod::Get, HttpMethod::Post}));
}

TEST(RouteTable, KnowsPublicPathsWhateverTheMethod) {
  EXPECT_TRUE(someTable().find(HttpMethod::Get, "/auth/login").isPublic);
  EXPECT_FALSE(someTable().find(HttpMethod::Get, "/auth/logout").isPublic);
}

TEST(RouteTable, FindsNothingElsewhere) {
  for (const char *path : {"", "/", "/nothing", "/messages/", "/Messages", "/keys/link/", "/messages/../keys"}) {
    const auto match = someTable().find(HttpMethod::Get, path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_TRUE(match.allowed.empty()) << path;
  }
}

}  // namespace gx::server::http
