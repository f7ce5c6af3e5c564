// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "server/net/response_token.h"
#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::RawClient;

TEST(StreamedBody, BodiesMayBeStreamedInAndPaused) {
  LocalServer server;
  server.plan = [](const HttpRequest &) { return BodyPlan{.maxBytes = 8 * 1024 * 1024, .streamed = true}; };
  ResponseToken upload;
  QByteArray body;
  bool whole = false;
  server.serve = [&](HttpRequest, ResponseToken token) { upload = token; };
  server.piece = [&](ResponseToken token, QByteArrayView piece) {
    body += piece;
    if (body.size() < 70'000) token.pauseBody();
  };
  server.bodyEnd = [&](ResponseToken token, bool isWhole) {
    whole = isWhole;
    token.send(HttpResponse::text(200, QByteArray::number(body.size())));
  };
  RawClient client(server.port());
  client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
  test::waitUntil([&] { return upload.isWaiting(); });
  const QByteArray data(4'000'000, 'd');
  qsizetype sent = client.sendSome(data);
  test::waitUntil([&] { return !body.isEmpty(); });
  for (int i = 0; i < 50; ++i) {
    QCoreApplication::processEvents();
    sent += client.sendSome(data.sliced(sent));
  }
  EXPECT_LE(body.size(), 64 * 1024);
  while (body.size() < 70'000) {
    upload.resumeBody();
    QCoreApplication::processEvents();
  }
  client.send(data.sliced(sent));

  EXPECT_TRUE(client.waitFor("4000000", 1));
  EXPECT_TRUE(whole);
}

TEST(StreamedBody, ABodyThatIsStoppedAndResumedAtOnceIsReadOn) {
  LocalServer server;
  server.plan = [](const HttpRequest &) { return BodyPlan{.maxBytes = 100, .streamed = true}; };
  QByteArray body;
  server.serve = [](HttpRequest, ResponseToken token) {
    token.pauseBody();
    token.resumeBody();
  };
  server.piece = [&](ResponseToken, QByteArrayView piece) { body += piece; };
  server.bodyEnd = [&](ResponseToken token, bool) { token.send(HttpResponse::text(200, body)); };
  RawClient client(server.port());
  client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n");
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  client.send("abcdef");
  EXPECT_TRUE(test::waitUntil([&] {
    client.collect();
    return client.received().endsWith("abcdef");
  }));
}

TEST(StreamedBody, AShortRestThatNobodyWantsIsThrownAway) {
  LocalServer server;
  int ended = 0;
  server.plan = [](const HttpRequest &request) {
    return BodyPlan{.maxBytes = 100, .streamed = request.path == "/refused"};
  };
  server.serve = [&](HttpRequest request, ResponseToken token) {
    if (request.path == "/refused") token.pauseBody();
    token.send(HttpResponse::text(request.path == "/refused" ? 409 : 200, request.path));
  };
  server.bodyEnd = [&](ResponseToken, bool isWhole) { ended += isWhole ? 10 : 1; };
  RawClient client(server.port());
  client.send("PUT /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc");
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  client.send("defGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(test::waitUntil([&] {
    client.collect();
    return client.received().endsWith("/next");
  }));
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 409"));
  EXPECT_EQ(ended, 1);
}

TEST(StreamedBody, AStreamedBodyThatBreaksOffIsTold) {
  LocalServer server;
  server.plan = [](const HttpRequest &) { return BodyPlan{.maxBytes = 100, .streamed = true}; };
  int ended = 0;
  bool whole = true;
  server.serve = [](HttpRequest, ResponseToken) {};
  server.bodyEnd = [&](ResponseToken, bool isWhole) {
    ++ended;
    whole = isWhole;
  };
  RawClient client(server.port());
  client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc");
  QCoreApplication::processEvents();
  client.disconnect();
  test::waitUntil([&] { return ended == 1; });
  EXPECT_FALSE(whole);

  RawClient tooMuch(server.port());
  tooMuch.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + QByteArray(0x65, 'x'));
  EXPECT_TRUE(tooMuch.waitForEnd());
  EXPECT_TRUE(tooMuch.received().startsWith("HTTP/1.1 413"));
  EXPECT_EQ(ended, 2);
}

TEST(StreamedBody, AnEarlyAnswerToAStreamedBodyEndsTheConnection) {
  LocalServer server;
  server.plan = [](const HttpRequest &) { return BodyPlan{.maxBytes = 1 << 20, .streamed = true}; };
  server.serve = [](HttpRequest, ResponseToken token) { token.send(HttpResponse::problem(409, "conflict", "")); };
  RawClient client(server.port());
  client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + QByteArray(100'000, 'x'));
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 409"));
  EXPECT_TRUE(client.received().contains("Connection: close"));
}

}  // namespace
}  // namespace gx::server::net
