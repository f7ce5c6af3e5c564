// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_server.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::RawClient;

constexpr char kGet[] = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(HttpServer, AnswersAndKeepsTheConnection) {
  LocalServer server;
  RawClient client(server.port());

  client.send("POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_TRUE(client.waitFor("/a|b|hello"));
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(client.received().contains("Content-Length: 10\r\nConnection: keep-alive\r\n\r\n"));
  client.clear();
  client.send(kGet);

  EXPECT_TRUE(client.waitFor("/a||"));
  EXPECT_EQ(server.http().connectionCount(), 1);
}

TEST(HttpServer, ServesARequestThatComesByteByByte) {
  LocalServer server;
  RawClient client(server.port());
  for (const char c :
       QByteArray("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
    client.send(QByteArrayView(&c, 1));
    QCoreApplication::processEvents();
  }
  EXPECT_TRUE(client.waitFor("/a||abc"));
}

TEST(HttpServer, ClosesWhereTheClientWantsIt) {
  LocalServer server;
  for (const char *request : {"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"}) {
    RawClient client(server.port());
    client.send(request);
    ASSERT_TRUE(client.waitForEnd());
    EXPECT_TRUE(client.received().contains("Connection: close")) << request;
    EXPECT_TRUE(client.received().endsWith("/a||"));
    EXPECT_FALSE(client.wasReset());
  }
}

TEST(HttpServer, AnswersHeadWithoutABody) {
  LocalServer server;
  RawClient client(server.port());
  client.send(QByteArray("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n") + kGet);
  ASSERT_TRUE(client.waitFor("HTTP/1.1", 2));
  EXPECT_TRUE(client.received().contains("Content-Length: 4\r\nConnection: keep-alive\r\n\r\nHTTP/1.1 200 OK"));
}

// A long poll, say: waiting for its answer would hold the connection, and its place among the address's, for minutes.
TEST(HttpServer, GivesUpWhatNobodyWaitsForAnyMore) {
  struct Waiting final : HttpHandler {
    void handle(HttpRequest, ResponseToken token) override {
      token.whenGone([this] { ++gone; });
    }
    int gone = 0;
  };
  LocalServer server;
  Waiting waiting;
  server.http().mount("/wait", waiting);
  RawClient client(server.port());
  client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(test::waitUntil([&] { return server.http().connectionCount() == 1; }));

  client.endSending();

  EXPECT_TRUE(test::waitUntil([&] { return server.http().connectionCount() == 0; }));
  EXPECT_EQ(waiting.gone, 1);
  server.http().unmount(waiting);
}

// Half a connection is enough for an answer (RFC 9112 9.6).
TEST(HttpServer, AnswersAClientThatHasSaidAll) {
  LocalServer server;
  RawClient client(server.port());
  client.send(kGet);
  client.endSending();

  EXPECT_TRUE(client.waitFor("/a||"));
  EXPECT_TRUE(client.waitForEnd());
}

TEST(HttpServer, TheLongestMountServes) {
  struct Named final : HttpHandler {
    explicit Named(QByteArray text) : name(std::move(text)) {}
    void handle(HttpRequest, ResponseToken token) override { token.send(HttpResponse::text(200, name)); }
    QByteArray name;
  };
  LocalServer server;
  Named api("api");
  Named keys("keys");
  server.http().mount("/api/", api);
  server.http().mount("/api/keys/", keys);

  EXPECT_EQ(server.http().handlerOf("/api/keys/1"), &keys);
  EXPECT_EQ(server.http().handlerOf("/api/keys"), &keys);
  EXPECT_EQ(server.http().handlerOf("/api/other"), &api);
  EXPECT_EQ(server.http().handlerOf("/other"), &server);
  server.http().unmount(keys);
  EXPECT_EQ(server.http().handlerOf("/api/keys/1"), &api);
}

TEST(HttpServer, WithoutAHandlerThereIsNothing) {
  LocalServer server;
  server.http().unmount(server);
  RawClient client(server.port());
  client.send(kGet);
  ASSERT_TRUE(client.waitFor("not_found"));
  EXPECT_TRUE(client.received().contains("404 Not Found"));
  // A short body is dropped, a long one ends the connection.
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + QByteArray(kGet));
  ASSERT_TRUE(test::waitUntil([&] {
    client.collect();
    return client.received().count("404 Not Found") == 3;
  }));
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhello");
  EXPECT_TRUE(client.waitForEnd());
}

TEST(HttpServer, ProblemsAreMadeByTheirMaker) {
  LocalServer server;
  server.http().setProblemMaker([](int status, QByteArrayView code, QByteArrayView) {
    return HttpResponse::text(status, "made for " + code.toByteArray());
  });
  RawClient client(server.port());
  client.send("BAD\r\n\r\n");
  EXPECT_TRUE(client.waitFor("made for bad_request"));
}

TEST(HttpServer, HostsMayBeLimited) {
  LocalServer server;
  server.http().setAllowedHosts({"relay.test", "127.0.0.1"});
  RawClient fine(server.port());
  fine.send("GET /a HTTP/1.1\r\nHost: Relay.test:3007\r\n\r\n");
  EXPECT_TRUE(fine.waitFor("200 OK"));

  RawClient evil(server.port());
  evil.send("GET /a HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_TRUE(evil.waitForEnd());
  EXPECT_TRUE(evil.received().startsWith("HTTP/1.1 400"));
}

TEST(HttpServer, RefusesByPlanBeforeTheBody) {
  LocalServer server;
  server.plan = [](const HttpRequest &request) {
    BodyPlan plan;
    if (request.path == "/closed") plan.refusal = HttpResponse::problem(401, "unauthorized", "");
    if (request.path == "/small") plan.maxBytes = 3;
    return plan;
  };
  RawClient client(server.port());
  client.send(QByteArray("GET /closed HTTP/1.1\r\nHost: x\r\n\r\n") + kGet);
  ASSERT_TRUE(client.waitFor("/a||"));
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 401"));

  RawClient small(server.port());
  small.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n");
  ASSERT_TRUE(small.waitForEnd());
  EXPECT_TRUE(small.received().startsWith("HTTP/1.1 413"));
  EXPECT_TRUE(server.requests.size() == 1);
}

TEST(HttpServer, AnswersFromOtherThreadsArrive) {
  LocalServer server;
  std::thread worker;
  server.serve = [&worker](HttpRequest, ResponseToken token) {
    worker = std::thread([token] { token.send(HttpResponse::text(200, "from afar")); });
  };
  RawClient client(server.port());
  client.send(kGet);
  EXPECT_TRUE(client.waitFor("from afar"));
  worker.join();
}

TEST(HttpServer, DrainingClosesIdleConnectionsAndFinishesTheOthers) {
  LocalServer server;
  ResponseToken late;
  server.serve = [&late](HttpRequest request, ResponseToken token) {
    if (request.path == "/late")
      late = token;
    else
      token.send(HttpResponse::text(200, "now"));
  };
  RawClient idle(server.port());
  idle.send(kGet);
  ASSERT_TRUE(idle.waitFor("now"));
  RawClient busy(server.port());
  busy.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
  test::waitUntil([&] { return late.isWaiting(); });

  server.http().drain();
  EXPECT_TRUE(idle.waitForEnd());
  EXPECT_FALSE(busy.hasEnded());
  RawClient further(server.port());
  further.send(kGet);
  EXPECT_TRUE(further.waitForEnd());
  EXPECT_TRUE(further.received().contains("Connection: close"));
  late.send(HttpResponse::text(200, "late"));

  EXPECT_TRUE(busy.waitFor("late"));
}

TEST(HttpServer, AHalfClosedClientStillGetsItsAnswer) {
  LocalServer server;
  ResponseToken token;
  server.serve = [&token](HttpRequest, ResponseToken t) { token = t; };
  RawClient client(server.port());
  client.send(kGet);
  client.endSending();
  test::waitUntil([&] { return token.isWaiting(); });
  token.send(HttpResponse::text(200, "late"));
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().endsWith("late"));
}

}  // namespace
}  // namespace gx::server::net
