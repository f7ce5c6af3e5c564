// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_writer.h"

#include <gtest/gtest.h>

namespace gx::server::net {
namespace {

constexpr WallTime kSomeday{std::chrono::seconds(784111777)};

TEST(HttpDate, IsTheFixedForm) {
  EXPECT_EQ(httpDate(kSomeday), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(EncodeHead, WritesStatusFieldsAndFraming) {
  HttpResponse response = HttpResponse::json(404, "{}");
  response.headers.push_back({"X-A", "b"});

  EXPECT_EQ(
      encodeHead(response, {true, false, 2}, kSomeday),
      "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\nX-A: b\r\n"
      "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(EncodeHead, ChunkedCloseAndBodyless) {
  EXPECT_TRUE(
      encodeHead({}, {false, true, {}}, kSomeday).endsWith("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
  HttpResponse empty;
  empty.status = 204;
  EXPECT_FALSE(encodeHead(empty, {true, false, 0}, kSomeday).contains("Content-Length"));
  EXPECT_TRUE(hasNoBody(204));
  EXPECT_TRUE(hasNoBody(304));
  EXPECT_FALSE(hasNoBody(200));
}

TEST(EncodeHead, LeavesOutFieldsThatWouldSplitTheAnswer) {
  HttpResponse response;
  response.headers.push_back({"X-Evil", "a\r\nSet-Cookie: b"});
  response.headers.push_back({"X: Evil", "a"});
  response.headers.push_back({"X-Nul", QByteArray("a\0b", 3)});
  response.headers.push_back({"X-Fine", "a"});

  const QByteArray head = encodeHead(response, {}, kSomeday);

  EXPECT_FALSE(head.contains("Evil"));
  EXPECT_FALSE(head.contains("Nul"));
  EXPECT_TRUE(head.contains("X-Fine: a\r\n"));
}

TEST(EncodeChunk, NamesItsSize) {
  EXPECT_EQ(encodeChunk(QByteArray(26, 'x')), "1a\r\n" + QByteArray(26, 'x') + "\r\n");
}

}  // namespace
}  // namespace gx::server::net
