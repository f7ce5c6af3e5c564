// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/response_token.h"

#include <gtest/gtest.h>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::RawClient;

// Keeps the tokens of all requests, for the test to answer.
struct Waiting {
  explicit Waiting(LocalServer &server) {
    server.serve = [this](HttpRequest, ResponseToken token) { tokens.push_back(token); };
  }
  bool waitFor(std::size_t count) {
    return test::waitUntil([&] { return tokens.size() >= count; });
  }
  std::vector<ResponseToken> tokens;
};

QByteArray get(int number) {
  return "GET /" + QByteArray::number(number) + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

TEST(ResponseToken, AnswersLeaveInTheOrderOfTheRequests) {
  LocalServer server;
  Waiting waiting(server);
  RawClient client(server.port());
  client.send(get(0) + get(1) + get(2));
  ASSERT_TRUE(waiting.waitFor(3));

  waiting.tokens[2].send(HttpResponse::text(200, "third;"));
  waiting.tokens[1].send(HttpResponse::text(200, QByteArray(40'000, 's') + "second;"));
  QCoreApplication::processEvents();
  EXPECT_TRUE(client.received().isEmpty());
  waiting.tokens[0].send(HttpResponse::text(200, "first;"));

  ASSERT_TRUE(client.waitFor("third;"));
  EXPECT_LT(client.received().indexOf("first;"), client.received().indexOf("second;"));
  EXPECT_LT(client.received().indexOf("second;"), client.received().indexOf("third;"));
}

TEST(ResponseToken, A14_SixteenAreQueuedThenTheClientIsNotRead) {
  LocalServer server;
  Waiting waiting(server);
  RawClient client(server.port());
  QByteArray requests;
  for (int i = 0; i < 1000; ++i) requests += get(i);
  client.send(requests);
  ASSERT_TRUE(waiting.waitFor(16));
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  EXPECT_EQ(waiting.tokens.size(), 16U);

  for (std::size_t i = 0; i < 1000; ++i) {
    ASSERT_TRUE(waiting.waitFor(i + 1));
    waiting.tokens[i].send(HttpResponse::text(200, "#" + QByteArray::number(i) + ";"));
    EXPECT_LE(waiting.tokens.size(), i + 17);
  }

  ASSERT_TRUE(client.waitFor("#999;"));
  qsizetype last = -1;
  for (int i = 0; i < 1000; ++i) {
    const qsizetype at = client.received().indexOf("#" + QByteArray::number(i) + ";");
    ASSERT_GT(at, last) << i;
    last = at;
  }
}

TEST(ResponseToken, IsHarmlessWhenUsedTwiceOrTooLate) {
  LocalServer server;
  Waiting waiting(server);
  RawClient client(server.port());
  client.send(get(0));
  ASSERT_TRUE(waiting.waitFor(1));
  const ResponseToken token = waiting.tokens[0];

  token.send(HttpResponse::text(200, "once"));
  token.send(HttpResponse::text(200, "twice"));
  token.begin({}, 3);
  token.write("abc");
  token.end();
  EXPECT_FALSE(token.isWaiting());
  ASSERT_TRUE(client.waitFor("once"));
  EXPECT_FALSE(client.received().contains("twice"));

  client.disconnect();
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
  RawClient next(server.port());  // takes the same slot
  next.send(get(1));
  ASSERT_TRUE(waiting.waitFor(2));
  token.send(HttpResponse::text(200, "wrong client"));
  EXPECT_TRUE(waiting.tokens[1].isWaiting());
  ResponseToken().send({});
}

TEST(ResponseToken, TellsWhenTheClientIsGone) {
  LocalServer server;
  Waiting waiting(server);
  int gone = 0;
  {
    RawClient client(server.port());
    client.send(get(0) + get(1));
    ASSERT_TRUE(waiting.waitFor(2));
    waiting.tokens[0].whenGone([&] { gone += 1; });
    waiting.tokens[1].whenGone([&] { gone += 10; });
    waiting.tokens[0].send(HttpResponse::text(200, "x"));
  }
  test::waitUntil([&] { return gone > 0; });
  EXPECT_EQ(gone, 10);
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
  EXPECT_EQ(gone, 10);
  EXPECT_FALSE(waiting.tokens[1].isWaiting());
  waiting.tokens[1].send({});
}

TEST(ResponseToken, StreamsInChunks) {
  LocalServer server;
  Waiting waiting(server);
  RawClient client(server.port());
  client.send(get(0) + get(1));
  ASSERT_TRUE(waiting.waitFor(2));
  waiting.tokens[1].begin(HttpResponse::text(200, {}), std::nullopt);
  waiting.tokens[1].write("second");
  waiting.tokens[1].end();

  const ResponseToken token = waiting.tokens[0];
  token.begin(HttpResponse::text(200, {}), std::nullopt);
  token.write("abc");
  token.write("");
  token.write("defgh");
  token.end();

  ASSERT_TRUE(client.waitFor("0\r\n\r\n", 2));
  EXPECT_TRUE(client.received().contains("Transfer-Encoding: chunked"));
  EXPECT_TRUE(client.received().contains("\r\n\r\n3\r\nabc\r\n5\r\ndefgh\r\n0\r\n\r\nHTTP/1.1 200 OK"));
}

TEST(ResponseToken, StreamsToOldClientsUntilTheEnd) {
  LocalServer server;
  Waiting waiting(server);
  RawClient client(server.port());
  client.send("GET / HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(waiting.waitFor(1));
  waiting.tokens[0].begin({}, std::nullopt);
  waiting.tokens[0].write("abc");
  waiting.tokens[0].end();
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().endsWith("Connection: close\r\n\r\nabc"));
}

TEST(ResponseToken, A22_WhoDoesNotReadCostsLittleMemoryAndIsDropped) {
  NetLimits limits = NetLimits::withoutAdmission();
  limits.stalledWrite = std::chrono::milliseconds(200);
  LocalServer server(limits);
  constexpr qint64 kPiece = 64 * 1024;
  constexpr qint64 kFile = 100LL * 1024 * 1024;
  qint64 written = 0;
  qint64 mostWaiting = 0;
  bool gone = false;
  std::function<void(ResponseToken)> more = [&](ResponseToken token) {
    written += kPiece;
    token.write(QByteArray(kPiece, 'x'));
    mostWaiting = std::max(mostWaiting, token.bytesWaiting());
    token.whenDrained([&more, token] { more(token); });
  };
  server.serve = [&](HttpRequest, ResponseToken token) {
    token.whenGone([&gone] { gone = true; });
    token.begin({}, kFile);
    more(token);
  };
  RawClient client(server.port(), 4096);
  client.send(get(0));

  EXPECT_TRUE(test::waitUntil([&] { return gone; }));
  EXPECT_LE(mostWaiting, 1024 * 1024);
  EXPECT_LT(written, kFile);
  EXPECT_EQ(server.http().connectionCount(), 0);
}

TEST(ResponseToken, StreamsALargeFileToWhoReads) {
  LocalServer server;
  constexpr qint64 kPieces = 200;
  qint64 left = kPieces;
  std::function<void(ResponseToken)> more = [&](ResponseToken token) {
    if (left-- == 0) return token.end();
    token.write(QByteArray(64 * 1024, static_cast<char>('a' + left % 26)));
    token.whenDrained([&more, token] { more(token); });
  };
  server.serve = [&](HttpRequest, ResponseToken token) {
    token.begin({}, kPieces * 64 * 1024);
    more(token);
  };
  RawClient client(server.port());
  client.send(get(0));
  ASSERT_TRUE(client.waitFor("\r\n\r\n"));
  const qsizetype head = client.received().indexOf("\r\n\r\n") + 4;
  EXPECT_TRUE(client.waitForSize(head + kPieces * 64 * 1024));
  EXPECT_FALSE(client.hasEnded());
}

}  // namespace
}  // namespace gx::server::net
