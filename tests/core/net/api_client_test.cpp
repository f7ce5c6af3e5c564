// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/api_client.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_http_server.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::net {

using test::FakeHttpServer;
using test::FakeRequest;
using test::httpAnswer;

namespace {

constexpr char kUuid[] = "01890000-0000-7000-8000-000000000001";

template <typename Id>
Id id() {
  return *parseId<Id>(kUuid);
}

class ApiClientTest : public ::testing::Test {
 protected:
  ApiClientTest() {
    wire::TokenPair pair;
    pair.accessToken = "gxa_1";
    pair.accessExpiresIn = 600;
    pair.refreshToken = "gxr_1";
    tokens.adopt(pair);
  }
  ~ApiClientTest() override {
    test::await(api.shutdown());
    test::await(tokens.shutdown());
    test::await(http.shutdown());
  }
  static Async<wire::RefreshRequest> prepared(QByteArray refreshToken) {
    wire::RefreshRequest request;
    request.refreshToken = refreshToken;
    request.requestId = "r";
    co_return request;
  }
  static Async<> done(wire::TokenPair) { co_return {}; }

  // "GET /keys/count" of the last request.
  QByteArray asked() const {
    const FakeRequest &last = relay.requests().last();
    EXPECT_TRUE(last.target.startsWith("/api/v1"));
    return last.method + ' ' + last.target.mid(7);
  }
  QByteArray tokenSent() const { return relay.requests().last().header("Authorization"); }

  QByteArray answer = httpAnswer(200, "{}");
  QList<QByteArray> earlier;  // answers given before `answer`
  FakeHttpServer relay{[this](const FakeRequest &, QTcpSocket *socket) {
    socket->write(earlier.isEmpty() ? answer : earlier.takeFirst());
  }};
  test::ManualClock clock;
  HttpClient http{clock, {}};
  RestChannel channel{http, *RelayAddress::parse(relay.url())};
  AccessTokens tokens{channel, clock, {prepared, done}};
  ApiClient api{channel, tokens};
};

}  // namespace

TEST_F(ApiClientTest, AsksWhatARelayIs) {
  answer = httpAnswer(
      200,
      R"({"openapi":"3.1.0","x-gx-relay":{"api_level":1,"environment":"local","demo":true,"registration":"open"}})");

  const auto info = test::await(api.relayInfo());

  ASSERT_TRUE(info) << describe(info.error()).constData();
  EXPECT_EQ(info->environment, "local");
  EXPECT_EQ(asked(), "GET /openapi.json");
  EXPECT_TRUE(tokenSent().isEmpty());
}

// However much of it arrived: Qt does not always say that chunks were cut.
TEST_F(ApiClientTest, ACutAnswerIsNone) {
  const QByteArray whole = R"({"openapi":"3.1.0","x-gx-relay":{"api_level":1,"environment":"local"}})";
  FakeHttpServer cutting([&whole](const FakeRequest &request, QTcpSocket *socket) {
    const auto arrived = request.target.mid(request.target.lastIndexOf('=') + 1).toInt();
    socket->write("HTTP/1.1 200 Ok\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
                  QByteArray::number(arrived, 16) + "\r\n" + whole.first(arrived) + "\r\nff\r\n");
    socket->disconnectFromHost();
  });
  RestChannel cut{http, *RelayAddress::parse(cutting.url())};
  for (qsizetype arrived = 1; arrived < whole.size(); ++arrived) {
    RestRequest request;
    request.path = "/openapi.json?arrived=" + QByteArray::number(arrived);
    const auto body = test::await(cut.call(request));
    EXPECT_FALSE(body && wire::RelayInfo::parse(*body)) << arrived;
  }
}

TEST_F(ApiClientTest, RegistersAndSignsInWithoutAToken) {
  answer = httpAnswer(201, R"({"user_id":")" + QByteArray(kUuid) + R"(","account":"a@b.c"})");
  wire::RegisterRequest wanted;
  wanted.account = "a@b.c";
  wanted.password = "TestPass123!";

  EXPECT_EQ(test::await(api.registerAccount(wanted))->userId, id<UserId>());
  EXPECT_EQ(asked(), "POST /auth/register");
  EXPECT_EQ(relay.requests().last().body, wanted.toJson());
  EXPECT_TRUE(tokenSent().isEmpty());

  answer = httpAnswer(401, R"({"code":"wrong_credentials","message":"","request_id":"r"})");
  wire::LoginRequest login;
  login.account = "a@b.c";
  EXPECT_EQ(test::await(api.login(login)).error().code, "wrong_credentials");
  EXPECT_EQ(asked(), "POST /auth/login");
  EXPECT_EQ(relay.requests().size(), 2);
}

TEST_F(ApiClientTest, SignsOutAndDeletesDevices) {
  answer = httpAnswer(204, "", "");

  EXPECT_TRUE(test::await(api.logout()));
  EXPECT_EQ(asked(), "POST /auth/logout");
  EXPECT_EQ(relay.requests().last().body, "{}");
  EXPECT_EQ(tokenSent(), "Bearer gxa_1");

  EXPECT_TRUE(test::await(api.deleteDevice(DeviceId{7})));
  EXPECT_EQ(asked(), "DELETE /auth/devices/7");
}

TEST_F(ApiClientTest, KeepsKeys) {
  answer = httpAnswer(200, R"({"prekeys":3,"signed_prekey_id":1,"key_generation":1})");

  EXPECT_EQ(test::await(api.uploadKeys({}))->preKeys, 3);
  EXPECT_EQ(asked(), "PUT /keys");
  EXPECT_TRUE(test::await(api.resetKeys({})));
  EXPECT_EQ(asked(), "PUT /keys/reset");
  EXPECT_TRUE(test::await(api.keyCount()));
  EXPECT_EQ(asked(), "GET /keys/count");
}

TEST_F(ApiClientTest, AsksForTheKeysOfOthers) {
  wire::BundleRequest wanted;
  wanted.userId = id<UserId>();
  wanted.deviceIds = {DeviceId{3}};
  answer = httpAnswer(200, R"({"bundles":[]})");
  EXPECT_TRUE(test::await(api.bundles(wanted)));
  EXPECT_EQ(asked(), "POST /keys/bundles");

  answer =
      httpAnswer(200, R"({"user_id":")" + QByteArray(kUuid) + R"(","devices":[{"device_id":3,"registration_id":9}]})");
  EXPECT_EQ(test::await(api.devicesOf(id<UserId>()))->devices.size(), 1);
  EXPECT_EQ(asked(), QByteArray("GET /keys/devices/") + kUuid);

  answer = httpAnswer(200, R"({"user_id":")" + QByteArray(kUuid) + R"(","entries":[],"more":false})");
  EXPECT_TRUE(test::await(api.manifest(id<UserId>(), 4)));
  EXPECT_EQ(asked(), QByteArray("GET /keys/manifest/") + kUuid + "?after=4");
}

TEST_F(ApiClientTest, AsksTheRestOfThePaths) {
  // What the answers hold is the affair of the DTOs' tests.
  static_cast<void>(test::await(api.devices()));
  EXPECT_EQ(asked(), "GET /auth/devices");
  static_cast<void>(test::await(api.keyAudit()));
  EXPECT_EQ(asked(), "GET /keys/audit");
  static_cast<void>(test::await(api.appendManifest({})));
  EXPECT_EQ(asked(), "POST /keys/manifest");
  static_cast<void>(test::await(api.putLink({})));
  EXPECT_EQ(asked(), "PUT /keys/link");
  static_cast<void>(test::await(api.answerLink(DeviceId{5}, {})));
  EXPECT_EQ(asked(), "POST /keys/link/5");
  static_cast<void>(test::await(api.link(DeviceId{5})));
  EXPECT_EQ(asked(), "GET /keys/link/5");
  static_cast<void>(test::await(api.startConversation({})));
  EXPECT_EQ(asked(), "POST /conversations");
  static_cast<void>(test::await(api.conversations(std::nullopt, 50)));
  EXPECT_EQ(asked(), "GET /conversations?limit=50");
  static_cast<void>(test::await(api.conversations(id<ConversationId>(), 50)));
  EXPECT_EQ(asked(), QByteArray("GET /conversations?limit=50&after=") + kUuid);
  static_cast<void>(test::await(api.conversation(id<ConversationId>())));
  EXPECT_EQ(asked(), QByteArray("GET /conversations/") + kUuid);
}

TEST_F(ApiClientTest, FetchesAndAcknowledgesMail) {
  answer = httpAnswer(200, R"({"messages":[],"head":9,"more":false,"expired":0})");
  EXPECT_EQ(test::await(api.mail({4}, 100))->head, 9);
  EXPECT_EQ(asked(), "GET /messages?limit=100&after=4");
  EXPECT_TRUE(test::await(api.mail({4, id<MessageId>()}, 100)));
  EXPECT_EQ(asked(), QByteArray("GET /messages?limit=100&after=4&message_id=") + kUuid);

  answer = httpAnswer(200, R"({"seq":9})");
  wire::MailAck ack;
  ack.seq = 9;
  EXPECT_EQ(test::await(api.acknowledgeMail(ack))->seq, 9);
  EXPECT_EQ(asked(), "POST /messages/ack");
}

TEST_F(ApiClientTest, GivesTheDevicesThatASendMissed) {
  answer = httpAnswer(410, R"({"code":"stale_device","message":"","request_id":"r","stale":[{"user_id":")" +
                               QByteArray(kUuid) + R"(","device_id":8}]})");

  const SendResult sent = test::await(api.sendMessage({}));

  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().error.kind, ErrorKind::Conflict);
  EXPECT_EQ(sent.error().stale.at(0).deviceId, DeviceId{8});
  EXPECT_EQ(asked(), "POST /messages");
}

TEST_F(ApiClientTest, GivesWhatTheRelayAccepted) {
  answer = httpAnswer(200, R"({"message_id":")" + QByteArray(kUuid) + R"(","client_msg_id":")" + kUuid +
                               R"(","server_time":1750000000000})");

  const SendResult sent = test::await(api.sendMessage({}));

  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->messageId, id<MessageId>());
}

TEST_F(ApiClientTest, RenewsARefusedTokenAndTriesOnceMore) {
  wire::TokenPair fresh;
  fresh.accessToken = "gxa_2";
  fresh.accessExpiresIn = 600;
  fresh.refreshToken = "gxr_2";
  fresh.refreshExpiresIn = 900;
  earlier = {httpAnswer(401, R"({"code":"unauthorized","message":"","request_id":"r"})"),
             httpAnswer(200, fresh.toJson())};
  answer = httpAnswer(200, R"({"prekeys":3,"signed_prekey_id":1,"key_generation":1})");

  const auto count = test::await(api.keyCount());

  ASSERT_TRUE(count) << describe(count.error()).constData();
  EXPECT_EQ(relay.requests().size(), 3);
  EXPECT_EQ(tokenSent(), "Bearer gxa_2");
}

TEST_F(ApiClientTest, TriesNoThirdTime) {
  wire::TokenPair fresh;
  fresh.accessToken = "gxa_2";
  fresh.accessExpiresIn = 600;
  fresh.refreshToken = "gxr_2";
  fresh.refreshExpiresIn = 900;
  const QByteArray refused = httpAnswer(401, R"({"code":"unauthorized","message":"","request_id":"r"})");
  earlier = {refused, httpAnswer(200, fresh.toJson()), refused};

  EXPECT_EQ(test::await(api.keyCount()).error().code, "unauthorized");
  EXPECT_EQ(relay.requests().size(), 3);
}

TEST_F(ApiClientTest, RefusesAnswersThatBreakTheProtocol) {
  answer = httpAnswer(200, R"({"prekeys":"three"})");

  const auto count = test::await(api.keyCount());

  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(count.error().code, kBadAnswer);
}

TEST_F(ApiClientTest, SendsNothingWhenSignedOut) {
  tokens.forget();

  EXPECT_EQ(test::await(api.keyCount()).error().code, "signed_out");
  EXPECT_TRUE(relay.requests().isEmpty());
}

TEST_F(ApiClientTest, EndsCallsAtShutdown) {
  earlier = {""};
  auto waiting = api.keyCount();
  test::waitUntil([&] { return relay.requests().size() == 1; });

  test::await(api.shutdown());

  EXPECT_EQ(test::await(std::move(waiting)).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(test::await(api.keyCount()).error().kind, ErrorKind::Cancelled);
}

}  // namespace gx::net
