// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/router.h"

#include <QHostAddress>
#include <QTcpSocket>

#include "tests/server/http/http_fixture.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"

namespace gx::server::http {

namespace {

Async<RouteAnswer> echoes(RouteCall call) {
  co_return RouteAnswer::ok("{\"got\":\"" + call.argument + call.request.body + "\"}");
}
Async<RouteAnswer> fails(RouteCall) {
  co_return fail(ErrorKind::Storage, "disk on fire");
}
Async<RouteAnswer> waitsTooLong(RouteCall) {
  co_return fail(Error{ErrorKind::RateLimited, "slow down", "rate_limited", std::chrono::seconds(3)});
}

Async<domain::Principal> knowsTwo(QByteArray token) {
  domain::Principal who;
  who.state = token == "active" ? wire::DeviceState::Active : wire::DeviceState::Pending;
  if (token != "active" && token != "pending") co_return fail(ErrorKind::Unauthorized, "no", "unauthorized");
  co_return who;
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() : m_router(m_table, knowsTwo, {m_clock, m_random}), m_served(m_router), m_http(m_served.port()) {
    using net::HttpMethod;
    m_table.add(
        {.method = HttpMethod::Post, .path = "/open", .access = Access::Everyone, .handler = echoes, .takes = "Empty"});
    m_table.add({.method = HttpMethod::Get, .path = "/all", .access = Access::AnyDevice, .handler = echoes});
    m_table.add({.method = HttpMethod::Get, .path = "/one/{id}", .handler = echoes});
    m_table.add({.method = HttpMethod::Post, .path = "/one", .handler = echoes, .takes = "Empty", .bodyBytes = 100});
    m_table.add({.method = HttpMethod::Get, .path = "/fails", .handler = fails});
    m_table.add({.method = HttpMethod::Get, .path = "/limited", .handler = waitsTooLong});
  }
  void expectProblem(const test::RawResponse &response, int status, const char *code) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.code(), code);
    EXPECT_FALSE(response.headers.value("x-request-id").isEmpty());
    EXPECT_EQ(response.json()[QLatin1String("request_id")].toString().toUtf8(), response.headers.value("x-request-id"));
  }
  QByteArray metrics() {
    MetricsText out;
    m_router.writeMetrics(out);
    return out.text();
  }

  SystemClock m_clock;
  test::FixedRandom m_random;
  RouteTable m_table;
  Router m_router;
  ServedHandler m_served;
  test::RawHttp m_http;
};

}  // namespace

TEST_F(RouterTest, ServesWhatTheTableNames) {
  m_http.setToken("active");

  const auto response = m_http.get("/api/v1/one/42");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"got\":\"42\"}");
  EXPECT_EQ(response.headers.value("content-type"), "application/json");
  EXPECT_EQ(response.headers.value("x-content-type-options"), "nosniff");
  EXPECT_EQ(response.headers.value("cache-control"), "no-store");
  EXPECT_FALSE(response.headers.contains("server"));
}

TEST_F(RouterTest, WithoutATokenEverythingButPublicPathsIs401) {
  for (const char *path : {"/api/v1/one/42", "/api/v1/nothing", "/api/v1/", "/api/v1/fails", "/api/v1/open/x"})
    expectProblem(m_http.get(path), 401, "unauthorized");
  expectProblem(m_http.remove("/api/v1/nothing"), 401, "unauthorized");
  EXPECT_EQ(m_http.post("/api/v1/open", "x").status, 200);
}

TEST_F(RouterTest, AWrongTokenIs401BeforeRouting) {
  m_http.setToken("stolen");

  for (const char *path : {"/api/v1/one/42", "/api/v1/nothing"}) expectProblem(m_http.get(path), 401, "unauthorized");
  expectProblem(m_http.send("POST", "/api/v1/one", "x", "text/plain"), 401, "unauthorized");
  EXPECT_EQ(m_http.get("/api/v1/one/42").headers.value("www-authenticate"), "Bearer");
}

TEST_F(RouterTest, WithATokenAnUnknownPathIs404) {
  m_http.setToken("active");

  for (const char *path : {"/api/v1/nothing", "/api/v1/", "/api/v1/one/1/2", "/api/v1/ONE/1"})
    expectProblem(m_http.get(path), 404, "not_found");
}

TEST_F(RouterTest, OutsideOfThePrefixIs404WithoutAToken) {
  for (const char *path :
       {"/", "/metrics", "/livez", "/readyz", "/api", "/api/v1", "/api/v10/one", "/api/v2/one", "/favicon.ico"})
    expectProblem(m_http.get(path), 404, "not_found");
}

TEST_F(RouterTest, AnotherMethodIs405AndNamesTheRightOnes) {
  m_http.setToken("active");

  const auto response = m_http.remove("/api/v1/one");

  expectProblem(response, 405, "method_not_allowed");
  EXPECT_EQ(response.headers.value("allow"), "POST");
  expectProblem(m_http.get("/api/v1/open"), 405, "method_not_allowed");
}

TEST_F(RouterTest, APendingDeviceMayDoLittle) {
  m_http.setToken("pending");

  EXPECT_EQ(m_http.get("/api/v1/all").status, 200);
  expectProblem(m_http.get("/api/v1/one/42"), 403, "device_pending");
  expectProblem(m_http.get("/api/v1/nothing"), 404, "not_found");
}

TEST_F(RouterTest, BodiesAreJson) {
  m_http.setToken("active");

  expectProblem(m_http.send("POST", "/api/v1/one", "x", "text/plain"), 415, "unsupported_media_type");
  expectProblem(m_http.send("POST", "/api/v1/one", "x", ""), 415, "unsupported_media_type");
  expectProblem(m_http.send("POST", "/api/v1/one", "x", "application/json; charset=utf-16"), 415,
                "unsupported_media_type");
  EXPECT_EQ(m_http.send("POST", "/api/v1/one", "x", "application/json; charset=utf-8").status, 200);
}

TEST_F(RouterTest, ALongBodyIsRefusedBeforeItIsRead) {
  m_http.setToken("active");

  const auto response = m_http.sendBytes(
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer active\r\n"
      "Content-Type: application/json\r\nContent-Length: 101\r\n\r\n");

  expectProblem(response, 413, "too_large");
}

TEST_F(RouterTest, AHeadIsJudgedBeforeItsBodyComes) {
  const auto answerTo = [this](const QByteArray &line, const QByteArray &token, const QByteArray &more) {
    test::RawHttp http(m_served.port());
    return http.sendBytes(line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n" +
                          (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") + more + "\r\n");
  };
  const QByteArray json = "Content-Type: application/json\r\n";

  expectProblem(answerTo("POST /api/v1/one", "stolen", json), 401, "unauthorized");
  expectProblem(answerTo("POST /api/v1/one", "", json), 401, "unauthorized");
  expectProblem(answerTo("POST /api/v1/nothing", "active", json), 404, "not_found");
  expectProblem(answerTo("POST /api/v1/one", "pending", json), 403, "device_pending");
  expectProblem(answerTo("PUT /api/v1/one", "active", json), 405, "method_not_allowed");
  expectProblem(answerTo("POST /api/v1/one", "active", "Content-Type: text/plain\r\n"), 415, "unsupported_media_type");
  expectProblem(answerTo("PUT /api/v1/open", "", json), 405, "method_not_allowed");
  expectProblem(answerTo("POST /api/v1/open", "", "Content-Type: text/plain\r\n"), 415, "unsupported_media_type");
  expectProblem(answerTo("POST /elsewhere", "", json), 404, "not_found");
}

TEST_F(RouterTest, AForgedTokenIsRefusedBeforeTheSizeIsLookedAt) {
  const auto response = m_http.sendBytes(
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer stolen\r\n"
      "Content-Type: application/json\r\nContent-Length: 99000000\r\n\r\n");

  expectProblem(response, 401, "unauthorized");
  EXPECT_EQ(response.headers.value("connection"), "close");
}

TEST_F(RouterTest, AShortBodyThatNobodyWantsKeepsTheConnection) {
  const QByteArray head = "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  const auto refused = m_http.sendBytes(head + "Authorization: Bearer stolen\r\nContent-Length: 3\r\n\r\nabc");
  const auto taken = m_http.sendBytes(head + "Authorization: Bearer active\r\nContent-Length: 3\r\n\r\nxyz");

  expectProblem(refused, 401, "unauthorized");
  EXPECT_NE(refused.headers.value("connection"), "close");
  EXPECT_EQ(taken.body, "{\"got\":\"xyz\"}");
}

TEST_F(RouterTest, AChunkedBodyIsCountedWhileItComes) {
  const QByteArray head =
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer active\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  const QByteArray fifty = "32\r\n" + QByteArray(50, 'x') + "\r\n";

  EXPECT_EQ(m_http.sendBytes(head + fifty + fifty + "0\r\n\r\n").status, 200);
  expectProblem(m_http.sendBytes(head + fifty + fifty + "1\r\nx\r\n0\r\n\r\n"), 413, "too_large");
}

TEST_F(RouterTest, OnlyAGoodHeadIsToldToContinue) {
  const QByteArray head =
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Content-Length: 3\r\n";
  test::RawHttp refusedClient(m_served.port());

  const auto refused = refusedClient.sendBytes(head + "Authorization: Bearer stolen\r\n\r\n");
  const auto welcome = m_http.sendBytes(head + "Authorization: Bearer active\r\n\r\n");

  expectProblem(refused, 401, "unauthorized");
  EXPECT_EQ(refused.headers.value("connection"), "close");
  EXPECT_EQ(welcome.status, 100);
  EXPECT_EQ(m_http.sendBytes("abc").body, "{\"got\":\"abc\"}");
}

TEST_F(RouterTest, ABodyMayComeLongAfterItsHead) {
  const QByteArray head =
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer active\r\n"
      "Content-Type: application/json\r\nContent-Length: 6\r\n\r\n";
  QTcpSocket socket;
  socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_served.port());
  QByteArray received;
  for (const QByteArray &piece : {head, QByteArray("abc"), QByteArray("def")}) {
    socket.write(piece);
    for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
  }

  EXPECT_TRUE(test::waitUntil([&] { return (received += socket.readAll()).endsWith("{\"got\":\"abcdef\"}"); }));
}

TEST_F(RouterTest, ARefusedBodyMayComeLongAfterItsHead) {
  const QByteArray head =
      "POST /api/v1/one HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n";

  const auto refused = m_http.sendBytes(head + "Authorization: Bearer stolen\r\n\r\n");
  const auto taken = m_http.sendBytes("abc" + head + "Authorization: Bearer active\r\n\r\nxyz");

  expectProblem(refused, 401, "unauthorized");
  EXPECT_EQ(taken.body, "{\"got\":\"xyz\"}");
}

TEST_F(RouterTest, AFailureOfOursSaysNothing) {
  m_http.setToken("active");

  const auto response = m_http.get("/api/v1/fails");

  expectProblem(response, 500, "internal");
  EXPECT_FALSE(response.body.contains("fire"));
}

TEST_F(RouterTest, ALimitNamesTheTimeToComeBack) {
  m_http.setToken("active");

  const auto response = m_http.get("/api/v1/limited");

  expectProblem(response, 429, "rate_limited");
  EXPECT_EQ(response.headers.value("retry-after"), "3");
}

TEST_F(RouterTest, AFloodIsSlowed) {
  m_http.setToken("active");
  int status = 200;
  for (int i = 0; i < 700 && status == 200; ++i) status = m_http.get("/api/v1/one/42").status;

  EXPECT_EQ(status, 429);
  m_http.setToken("stolen");
  EXPECT_EQ(m_http.get("/api/v1/one/42").status, 401);
}

TEST_F(RouterTest, RequestIdsAreUnique) {
  m_http.setToken("active");

  EXPECT_NE(m_http.get("/api/v1/one/1").headers.value("x-request-id"),
            m_http.get("/api/v1/one/1").headers.value("x-request-id"));
}

TEST_F(RouterTest, CountsAnswersAndFailedSignIns) {
  m_http.get("/api/v1/one/1");
  m_http.setToken("stolen");
  m_http.get("/api/v1/one/1");
  m_http.setToken("active");
  m_http.get("/api/v1/one/1");
  m_http.get("/api/v1/fails");

  const QByteArray text = metrics();
  EXPECT_TRUE(text.contains("gx_auth_failures_total 2\n")) << text.constData();
  EXPECT_TRUE(text.contains("gx_http_requests_total{status=\"2xx\"} 1\n"));
  EXPECT_TRUE(text.contains("gx_http_requests_total{status=\"4xx\"} 2\n"));
  EXPECT_TRUE(text.contains("gx_http_requests_total{status=\"5xx\"} 1\n"));
  EXPECT_TRUE(text.contains("gx_http_request_seconds_count 3\n"));
}

TEST_F(RouterTest, RefusalsOfTheNetworkAreProblemsToo) {
  m_served.server().setProblemMaker(
      [&](int status, QByteArrayView code, QByteArrayView message) { return m_router.problem(status, code, message); });

  const auto response = m_http.sendBytes("GET /api/v1/one/1 HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n");

  EXPECT_EQ(response.status, 400);
  EXPECT_FALSE(response.headers.value("x-request-id").isEmpty());
  EXPECT_FALSE(response.json()[QLatin1String("code")].toString().isEmpty());
}

}  // namespace gx::server::http
