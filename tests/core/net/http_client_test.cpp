// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/http_client.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_http_server.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::FakeHttpServer;
using test::FakeRequest;
using test::httpAnswer;

namespace {

class HttpClientTest : public ::testing::Test {
 protected:
  ~HttpClientTest() override { test::await(http.shutdown()); }

  static HttpRequest get(const FakeHttpServer &server, const QString &path = u"/x"_s) {
    HttpRequest request;
    request.url = QUrl(server.url() + path);
    return request;
  }
  Result<HttpResponse> send(HttpRequest request) { return test::await(http.send(std::move(request))); }

  test::ManualClock clock;
  HttpClient http{clock, {}};
};

}  // namespace

TEST_F(HttpClientTest, GivesStatusHeadersAndBody) {
  FakeHttpServer server(test::always(httpAnswer(200, "{\"a\":1}", "application/json", {"X-Request-Id: 7"})));

  const auto response = send(get(server, u"/api?x=1"_s));

  ASSERT_TRUE(response) << describe(response.error()).constData();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "{\"a\":1}");
  EXPECT_EQ(response->header("x-request-id"), "7");
  EXPECT_EQ(server.requests().at(0).target, "/api?x=1");
  EXPECT_EQ(server.requests().at(0).header("Accept-Encoding"), "identity");
  EXPECT_TRUE(server.requests().at(0).header("Cookie").isEmpty());
}

TEST_F(HttpClientTest, SendsMethodBodyAndHeaders) {
  FakeHttpServer server(test::always(httpAnswer(201, "")));
  HttpRequest request = get(server);
  request.method = "PUT";
  request.body = "hello";
  request.headers.emplaceBack("Content-Type", "text/plain");
  request.headers.emplaceBack("Authorization", "Bearer t");

  const auto response = send(request);

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(server.requests().at(0).method, "PUT");
  EXPECT_EQ(server.requests().at(0).body, "hello");
  EXPECT_EQ(server.requests().at(0).header("Authorization"), "Bearer t");
}

TEST_F(HttpClientTest, TakesErrorStatusesAsAnswersWithTheirBody) {
  for (const int status : {400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 507}) {
    FakeHttpServer server(test::always(httpAnswer(status, "{\"code\":\"x\"}")));

    const auto response = send(get(server));

    ASSERT_TRUE(response) << status << ' ' << describe(response.error()).constData();
    EXPECT_EQ(response->status, status);
    EXPECT_EQ(response->body, "{\"code\":\"x\"}") << status;
  }
}

TEST_F(HttpClientTest, TakesAnAnswerWithoutBody) {
  FakeHttpServer server(test::always(httpAnswer(204, "", "")));

  const auto response = send(get(server));

  ASSERT_TRUE(response) << describe(response.error()).constData();
  EXPECT_EQ(response->status, 204);
}

TEST_F(HttpClientTest, A25_NeverFollowsARedirect) {
  FakeHttpServer other(test::always(httpAnswer(200, "stolen")));
  FakeHttpServer server(test::always(httpAnswer(302, "", "", {"Location: " + other.url().toLatin1() + "/y"})));
  HttpRequest request = get(server);
  request.headers.emplaceBack("Authorization", "Bearer t");

  const auto response = send(request);

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(HttpClientTest, KeepsNoCookies) {
  FakeHttpServer server(test::always(httpAnswer(200, "", "", {"Set-Cookie: a=b; Path=/"})));
  static_cast<void>(send(get(server)));

  static_cast<void>(send(get(server)));

  EXPECT_TRUE(server.requests().at(1).header("Cookie").isEmpty());
}

TEST_F(HttpClientTest, NamesARefusedConnection) {
  HttpRequest request;
  {
    const FakeHttpServer closed(test::always(""));
    request = get(closed);
  }

  const auto response = send(request);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Network);
  EXPECT_EQ(response.error().code, "connection_refused");
}

TEST_F(HttpClientTest, NamesAnUnknownHost) {
  HttpRequest request;
  request.url = QUrl(u"https://name.invalid/"_s);

  const auto response = send(request);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "host_not_found");
}

TEST_F(HttpClientTest, GivesUpWhenTheTimeIsOver) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *) {});
  auto task = http.send(get(server));
  test::waitUntil([&] { return server.requests().size() == 1; });

  clock.advance(30s);

  const auto response = test::await(std::move(task));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::Timeout);
}

TEST_F(HttpClientTest, GivesUpOnDrippingAnswersToo) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *socket) {
    socket->write("HTTP/1.1 200 Ok\r\nContent-Length: 100\r\n\r\nabc");
  });
  auto task = http.send(get(server));
  test::waitUntil([&] { return server.requests().size() == 1; });

  clock.advance(30s);

  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Timeout);
}

TEST_F(HttpClientTest, NoticesABodyThatWasCut) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *socket) {
    socket->write("HTTP/1.1 200 Ok\r\nContent-Length: 100\r\n\r\nhalf");
    socket->disconnectFromHost();
  });

  const auto response = send(get(server));

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "connection_cut");
}

TEST_F(HttpClientTest, A26_CutsAnAnswerThatAnnouncesTooMuch) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *socket) {
    socket->write("HTTP/1.1 200 Ok\r\nContent-Length: 2147483648\r\n\r\nabc");
  });
  HttpRequest request = get(server);
  request.maxResponse = 1000;

  const auto response = send(request);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::TooLarge);
}

TEST_F(HttpClientTest, A26_CutsAnAnswerThatGrowsTooLong) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *socket) {
    socket->write("HTTP/1.1 200 Ok\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100; ++i) socket->write("3e8\r\n" + QByteArray(1000, 'x') + "\r\n");
  });
  HttpRequest request = get(server);
  request.maxResponse = 5000;

  const auto response = send(request);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "response_too_large");
}

TEST_F(HttpClientTest, A26_UnpacksNothing) {
  const QByteArray bomb = QByteArray::fromHex("1f8b0800000000000003edc10101000000") + QByteArray(50, '\0');
  FakeHttpServer server(test::always(httpAnswer(200, bomb, "application/json", {"Content-Encoding: gzip"})));

  const auto response = send(get(server));

  ASSERT_TRUE(response) << describe(response.error()).constData();
  EXPECT_EQ(response->body, bomb);
}

TEST_F(HttpClientTest, StopsOnRequest) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *) {});
  std::stop_source stop;
  auto task = http.send(get(server), stop.get_token());
  test::waitUntil([&] { return server.requests().size() == 1; });

  stop.request_stop();

  EXPECT_EQ(test::await(std::move(task)).error().kind, ErrorKind::Cancelled);
}

TEST_F(HttpClientTest, SendsNothingOnceStopped) {
  FakeHttpServer server(test::always(httpAnswer(200, "")));
  std::stop_source stop;
  stop.request_stop();

  EXPECT_EQ(test::await(http.send(get(server), stop.get_token())).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(HttpClientTest, EndsEverythingAtShutdown) {
  FakeHttpServer server([](const FakeRequest &, QTcpSocket *) {});
  auto one = http.send(get(server));
  auto two = http.send(get(server));
  test::waitUntil([&] { return server.requests().size() == 2; });

  test::await(http.shutdown());

  EXPECT_EQ(test::await(std::move(one)).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(test::await(std::move(two)).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(send(get(server)).error().kind, ErrorKind::Cancelled);
}

TEST_F(HttpClientTest, OpensNewConnectionsAfterDroppingTheOld) {
  FakeHttpServer server(test::always(httpAnswer(200, "")));
  static_cast<void>(send(get(server)));
  static_cast<void>(send(get(server)));
  ASSERT_EQ(server.connections(), 1);

  http.dropConnections();

  EXPECT_TRUE(send(get(server)));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpClientTest, LetsRequestsUnderWayEndWhenThePolicyChanges) {
  QTcpSocket *waiting = nullptr;
  FakeHttpServer server([&](const FakeRequest &, QTcpSocket *socket) { waiting = socket; });
  auto task = http.send(get(server));
  test::waitUntil([&] { return waiting != nullptr; });

  http.usePolicy({});
  waiting->write(httpAnswer(200, "done"));

  EXPECT_EQ(test::await(std::move(task))->body, "done");
}

TEST_F(HttpClientTest, RefusesToSendUnderAPolicyThatMakesNoSense) {
  FakeHttpServer server(test::always(httpAnswer(200, "")));
  TlsPolicy policy;
  policy.onlyExtraCa = true;
  http.usePolicy(policy);

  EXPECT_EQ(send(get(server)).error().code, "bad_policy");
}

}  // namespace gx::net
