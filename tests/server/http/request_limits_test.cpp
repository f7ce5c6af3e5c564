// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/request_limits.h"

#include "tests/server/http/http_fixture.h"

namespace gx::server::http {

namespace {

bool isTyped(const QByteArray &type) {
  return checkContentType(requestOf("/x", {{"content-type", type}})).has_value();
}

}  // namespace

TEST(RequestLimits, JsonInUtf8IsTaken) {
  for (const char *type : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                           "application/json;charset=\"UTF-8\"", "application/json ; charset=UTF-8"})
    EXPECT_TRUE(isTyped(type)) << type;
}

TEST(RequestLimits, OtherTypesAreRefused) {
  for (const char *type : {"", "text/plain", "application/jsonx", "application/json; charset=utf-16",
                           "application/json;", "application/json; boundary=x", "application/x-www-form-urlencoded"})
    EXPECT_FALSE(isTyped(type)) << type;
  EXPECT_FALSE(checkContentType(requestOf("/x")));
  EXPECT_EQ(checkContentType(requestOf("/x")).error().code, "unsupported_media_type");
  EXPECT_FALSE(
      checkContentType(requestOf("/x", {{"content-type", "application/json"}, {"content-type", "application/json"}})));
}

TEST(RequestLimits, ABodyMayBeAsLongAsItsRouteSays) {
  const Route small{.path = "/a", .takes = "Empty"};
  const Route large{.path = "/b", .takes = "SendRequest", .bodyBytes = wire::limits::kMessageBodyBytes};
  const Route none{.path = "/c"};

  EXPECT_EQ(bodyLimit(&small), wire::limits::kJsonBodyBytes);
  EXPECT_EQ(bodyLimit(&large), wire::limits::kMessageBodyBytes);
  EXPECT_EQ(bodyLimit(&none), bodyLimit(nullptr));
  EXPECT_LT(bodyLimit(nullptr), wire::limits::kJsonBodyBytes);
}

TEST(RequestLimits, AnAnnouncedLengthAboveTheLimitIsTooLarge) {
  EXPECT_TRUE(checkAnnouncedLength(requestOf("/x", {{"content-length", "100"}}), 100));
  EXPECT_TRUE(checkAnnouncedLength(requestOf("/x"), 100));
  const auto refused = checkAnnouncedLength(requestOf("/x", {{"content-length", "101"}}), 100);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too_large");
}

TEST(RequestLimits, NumbersOfTheQueryAreDigits) {
  EXPECT_EQ(numberFromQuery(requestOf("/x", {}, "after=12"), "after").value(), 12);
  EXPECT_EQ(numberFromQuery(requestOf("/x"), "after").value(), 0);
  EXPECT_EQ(numberFromQuery(requestOf("/x", {}, "before=1"), "after").value(), 0);
  for (const char *query : {"after=", "after=-1", "after=+1", "after=1e3", "after=x", "after=99999999999999999999",
                            "after=9007199254740993"})
    EXPECT_FALSE(numberFromQuery(requestOf("/x", {}, query), "after")) << query;
}

TEST(RequestLimits, PagesHaveASize) {
  EXPECT_EQ(pageLimit(requestOf("/x"), 50, 100).value(), 50);
  EXPECT_EQ(pageLimit(requestOf("/x", {}, "limit=100"), 50, 100).value(), 100);
  EXPECT_FALSE(pageLimit(requestOf("/x", {}, "limit=0"), 50, 100));
  EXPECT_FALSE(pageLimit(requestOf("/x", {}, "limit=101"), 50, 100));
  EXPECT_FALSE(pageLimit(requestOf("/x", {}, "limit=ten"), 50, 100));
}

}  // namespace gx::server::http
