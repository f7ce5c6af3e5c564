// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.A over a real relay, where time, order and number count. Every time-out is a twentieth.
#include <memory>
#include <vector>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/server/net/raw_client.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

constexpr char kHalfRequest[] = "GET /api/v1/openapi.json HTTP/1.1\r\nHost:";

class HttpFlow : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start({u"GX_TIME_SCALE=0.05"_s}); }
};

class HttpStrangers : public AbusedRelay {
 public:
  static void SetUpTestSuite() {
    start({u"GX_UNAUTHENTICATED_PER_ADDRESS=20"_s, u"GX_UNAUTHENTICATED_TOTAL=30"_s,
           u"GX_ALLOWED_HOSTS=relay.example"_s});
  }
};

}  // namespace

TEST_F(HttpFlow, A04_FiveHundredHalfRequestsAreClosed) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 500; ++i) {
    clients.push_back(std::make_unique<RawClient>(port()));
    clients.back()->send(kHalfRequest);
  }
  expectServing();
  for (const auto &client : clients) {
    ASSERT_TRUE(client->waitForEnd());
    expectProblem(responseOf(client->received()), 408, "timeout");
  }
}

TEST_F(HttpFlow, A05_ABodyThatDripsIsGivenUp) {
  RawClient client(port());
  client.send(
      "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n");
  QElapsedTimer timer;
  timer.start();
  qint64 sent = 0;
  waitUntil([&] {
    if (sent < timer.elapsed() / 100) sent += client.sendSome(" ");
    return client.hasEnded();
  });
  expectProblem(responseOf(client.received()), 408, "timeout");
  expectServing();
}

TEST_F(HttpFlow, A14_AThousandPipelinedRequestsAreServedInOrder) {
  RawClient client(port());
  QByteArray all;
  for (int i = 0; i < 1000; ++i) all += "GET /api/v1/none-" + QByteArray::number(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send(all);

  ASSERT_TRUE(client.waitFor("HTTP/1.1 401", 1000));
  qsizetype before = -1;
  qint64 last = -1;
  for (int i = 0; i < 1000; ++i) {  // request ids count up
    before = client.received().indexOf("\"request_id\":\"", before + 1);
    const QByteArray id = client.received().mid(before + 14, client.received().indexOf('"', before + 14) - before - 14);
    const qint64 number = id.sliced(id.indexOf('-') + 1).toLongLong(nullptr, 16);
    ASSERT_GT(number, last);
    last = number;
  }
}

TEST_F(HttpStrangers, A16_AHostThatIsNotOursIsRefused) {
  RawHttp http(port());
  const RawResponse other = http.sendBytes("GET /api/v1/openapi.json HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  expectProblem(other, 400, "bad_request");
  EXPECT_FALSE(other.body.contains("evil.example"));
  const RawResponse ours = http.sendBytes("GET /api/v1/openapi.json HTTP/1.1\r\nHost: relay.example\r\n\r\n");
  EXPECT_EQ(ours.status, 200);
  EXPECT_FALSE(ours.body.contains("relay.example"));  // no link is built from it
}

TEST_F(HttpStrangers, A21_A86_SilentConnectionsOfOneAddressAreCappedAndOthersServed) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<RawClient>(port()));
  const auto ended = [&] {
    return std::count_if(clients.begin(), clients.end(), [](const auto &client) { return client->hasEnded(); });
  };
  waitUntil([&] { return ended() >= 80; });
  EXPECT_LE(ended(), 81);  // one more if the connection of the test before still counts

  RawHttp neighbour(port(), QHostAddress(u"127.0.0.2"_s));
  EXPECT_EQ(neighbour.sendBytes("GET /api/v1/openapi.json HTTP/1.1\r\nHost: relay.example\r\n\r\n").status, 200);
}

}  // namespace gx::test
