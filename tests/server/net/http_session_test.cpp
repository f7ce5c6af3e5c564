// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The rules of RELIABILITY 5.A over a socket: what a client gets that breaks them, and that others are served
// meanwhile.
#include "server/net/http_session.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

using namespace std::chrono_literals;
using test::LocalServer;
using test::RawClient;

// A twentieth of the times of production.
NetLimits quick() {
  NetLimits limits = NetLimits::withoutAdmission();
  limits.headerWithin = 500ms;
  limits.bodyGrace = 250ms;
  limits.idleKeepAlive = 300ms;
  limits.answerWithin = 600ms;
  limits.lingering = 100ms;
  return limits;
}

int statusOf(const QByteArray &answer) {
  return answer.mid(9, 3).toInt();
}

// The one answer to these bytes, after which the connection ends.
int refusal(LocalServer &server, const QByteArray &bytes) {
  RawClient client(server.port());
  client.send(bytes);
  EXPECT_TRUE(client.waitForEnd()) << bytes.left(100).constData();
  EXPECT_EQ(client.received().count("HTTP/1.1 "), 1) << client.received().constData();
  EXPECT_TRUE(client.received().contains("\"code\""));
  return statusOf(client.received());
}

TEST(HttpSession, A01_EndlessHeader) {
  LocalServer server;
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nX: ");
  const QByteArray block(1024 * 1024, 'x');
  for (int i = 0; i < 300 && client.send(block); ++i) client.collect();
  EXPECT_TRUE(client.waitForEnd());
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, A01_A02_A03_HeadLimits) {
  LocalServer server;
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\r\nX: " + QByteArray(9000, 'x')), 431);
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(100)), 431);
  EXPECT_EQ(refusal(server, "GET /" + QByteArray(1024 * 128, 'a')), 414);
}

TEST(HttpSession, A04_HalfRequestsAreClosed) {
  LocalServer server(quick());
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 500; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send("GET / HTTP/1.1\r\nHost:");
  }
  for (const auto &client : clients) {
    ASSERT_TRUE(client->waitForEnd());
    EXPECT_EQ(statusOf(client->received()), 408);
  }
}

TEST(HttpSession, A04_BytesThatComeSlowlyDoNotProlongTheHead) {
  LocalServer server(quick());
  RawClient client(server.port());
  QElapsedTimer timer;
  timer.start();
  test::waitUntil([&] {
    client.sendSome("G");
    QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    return client.hasEnded();
  });
  EXPECT_LT(timer.elapsed(), 3000);
}

TEST(HttpSession, A05_SlowBody) {
  LocalServer server(quick());
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
  QElapsedTimer timer;
  timer.start();
  qint64 sent = 0;
  test::waitUntil([&] {
    if (sent < timer.elapsed() / 20) sent += client.sendSome("x");  // 50 bytes a second
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    return client.hasEnded();
  });
  EXPECT_EQ(statusOf(client.received()), 408);
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, A05_ABodyThatKeepsThePaceIsServed) {
  LocalServer server(quick());
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n");
  int left = 20'000;
  QElapsedTimer timer;
  timer.start();
  test::waitUntil([&] {
    if (left > 0 && timer.elapsed() > (20'000 - left) / 25) {  // 25 kB/s: three windows
      client.sendSome(QByteArray(1000, 'x'));
      left -= 1000;
    }
    client.collect();
    return client.received().contains("200 OK");
  });
  EXPECT_EQ(server.requests.size(), 1U);
}

TEST(HttpSession, A06_LargeContentLength) {
  LocalServer server;
  EXPECT_EQ(refusal(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n"), 413);
}

TEST(HttpSession, A07_HugeContentLengthGetsOneAnswerOnly) {
  LocalServer server;
  EXPECT_EQ(refusal(server,
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n"
                    "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"),
            400);
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, A08_A09_A10_A11_A12_Framing) {
  LocalServer server;
  const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(refusal(server, post + "Content-Length: -5\r\n\r\n"), 400);
  EXPECT_EQ(refusal(server, post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"), 400);
  EXPECT_EQ(refusal(server, post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello"), 400);
  EXPECT_EQ(refusal(server, post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 501);
  EXPECT_EQ(refusal(server, post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"), 400);
  EXPECT_EQ(refusal(server, post + "Transfer-Encoding: chunked\r\n\r\n5;" + QByteArray(100'000, 'e')), 400);
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, A13_EndlessChunkedUpload) {
  LocalServer server;
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const QByteArray chunk = "1000\r\n" + QByteArray(4096, 'x') + "\r\n";
  int chunks = 0;
  while (chunks < 10'000 && client.send(chunk)) ++chunks;
  EXPECT_LT(chunks, 10'000);
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_TRUE(client.received().isEmpty() || statusOf(client.received()) == 413);
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, A15_A16_A17_A18_Ambiguities) {
  LocalServer server;
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\nHost: x\n\n"), 400);
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(refusal(server, "GET / HTTP/1.1\r\nHost: a:0\r\n\r\n"), 400);
  EXPECT_EQ(refusal(server, "GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refusal(server, "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(refusal(server, "GET /%2e%2e/etc HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_TRUE(server.requests.empty());
}

TEST(HttpSession, AFaultComesAfterTheAnswersBeforeIt) {
  LocalServer server;
  ResponseToken token;
  server.serve = [&token](HttpRequest, ResponseToken t) { token = t; };
  RawClient client(server.port());
  client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nNONSENSE\r\n\r\n");
  test::waitUntil([&] { return token.isWaiting(); });
  token.send(HttpResponse::text(200, "first"));
  ASSERT_TRUE(client.waitForEnd());
  EXPECT_LT(client.received().indexOf("first"), client.received().indexOf("HTTP/1.1 400"));
}

TEST(HttpSession, A19_ExpectContinue) {
  LocalServer server;
  EXPECT_EQ(refusal(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n"),
            413);
  EXPECT_EQ(refusal(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: something\r\n\r\n"), 417);

  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_TRUE(client.waitFor("HTTP/1.1 100 Continue\r\n\r\n"));
  client.send("hello");
  EXPECT_TRUE(client.waitFor("/||hello"));
}

TEST(HttpSession, A21_UnauthenticatedConnectionsOfOneAddressAreCapped) {
  NetLimits limits;
  LocalServer server(limits);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
  test::waitUntil([&] { return server.http().admission().refusedCount() == 80; });
  EXPECT_EQ(server.http().connectionCount(), 20);

  server.serve = [](HttpRequest, ResponseToken token) {
    token.setAuthenticated();
    token.send(HttpResponse::text(200, "in"));
  };
  clients[0]->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(clients[0]->waitFor("in"));
  RawClient next(server.port());
  next.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(next.waitFor("in"));
  clients.clear();
  next.disconnect();
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
  EXPECT_EQ(server.http().admission().connectionCount(), 0);
  EXPECT_EQ(server.http().admission().unauthenticatedCount(), 0);
}

TEST(HttpSession, SilentAndIdleConnectionsAreClosed) {
  LocalServer server(quick());
  RawClient silent(server.port());
  RawClient idle(server.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(idle.waitFor("200 OK"));
  EXPECT_TRUE(idle.waitForEnd());
  EXPECT_EQ(idle.received().count("HTTP/1.1"), 1);
  EXPECT_TRUE(silent.waitForEnd());
  EXPECT_TRUE(silent.received().isEmpty());
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
}

TEST(HttpSession, AHandlerThatNeverAnswersCosts503) {
  LocalServer server(quick());
  server.serve = [](HttpRequest, ResponseToken) {};
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_EQ(statusOf(client.received()), 503);
}

TEST(HttpSession, LargeAnswersToPipelinedRequestsWaitForTheReader) {
  LocalServer server;
  int served = 0;
  server.serve = [&served](HttpRequest, ResponseToken token) {
    ++served;
    token.send(HttpResponse::text(200, QByteArray(1024 * 1024, 'x')));
  };
  RawClient client(server.port(), 4096);
  client.send(QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n").repeated(40));
  test::waitUntil([&] { return served > 0; });
  for (int i = 0; i < 50; ++i) QCoreApplication::processEvents();
  EXPECT_LT(served, 16);  // the kernel's buffers take a few

  ASSERT_TRUE(client.waitFor("HTTP/1.1 200 OK", 40));
  EXPECT_EQ(served, 40);
}

}  // namespace
}  // namespace gx::server::net
