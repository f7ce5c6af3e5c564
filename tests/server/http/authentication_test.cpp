// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/authentication.h"

#include "tests/server/http/http_fixture.h"

namespace gx::server::http {

namespace {

std::optional<QByteArray> tokenIn(const QByteArray &value) {
  return bearerToken(requestOf("/x", {{"authorization", value}}));
}

}  // namespace

TEST(Authentication, TakesABearerToken) {
  EXPECT_EQ(tokenIn("Bearer gxa_abc"), "gxa_abc");
  EXPECT_EQ(tokenIn("bearer gxa_abc"), "gxa_abc");
}

TEST(Authentication, TakesNothingElse) {
  for (const QByteArray &value :
       {QByteArray(""), QByteArray("Bearer"), QByteArray("Bearer "), QByteArray("Basic YTpi"), QByteArray("Bearer a b"),
        QByteArray("Bearer a\tb"), QByteArray("Bearer a\x80"), QByteArray("Bearer ") + QByteArray(257, 'a'),
        QByteArray("gxa_abc"), QByteArray("Bearergxa_abc")})
    EXPECT_FALSE(tokenIn(value)) << value.constData();
  EXPECT_FALSE(bearerToken(requestOf("/x")));
}

TEST(Authentication, TakesNoTokenOfTwoHeaders) {
  EXPECT_FALSE(bearerToken(requestOf("/x", {{"authorization", "Bearer a"}, {"authorization", "Bearer a"}})));
}

}  // namespace gx::server::http
