// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/account_routes.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::http {

using namespace Qt::StringLiterals;

namespace {

using test::RawHttp;
using test::RelayUser;

struct BadBody {
  const char *json;
  int status;
};

class AccountRoutesTest : public ::testing::Test {
 protected:
  QByteArray refreshBody(const RelayUser &user, const QByteArray &requestId, bool isSigned) {
    wire::RefreshRequest request;
    request.refreshToken = user.refreshToken();
    request.requestId = requestId;
    if (isSigned) request.signature = user.sign(request.signedBytes());
    return request.toJson();
  }
  test::TestRelay m_relay;
  RawHttp m_http{m_relay.apiPort()};
};

}  // namespace

TEST_F(AccountRoutesTest, RegistersAndSignsIn) {
  RelayUser erin(m_relay.apiPort(), "erin@gxcoin.test", "a long enough password");

  const auto registered = erin.registers();
  const auto login = erin.logsIn("desk");

  EXPECT_EQ(registered.status, 201);
  EXPECT_EQ(registered.json()[u"account"_s].toString(), u"erin@gxcoin.test");
  EXPECT_EQ(login.status, 200);
  const QJsonObject json = login.json();
  EXPECT_EQ(json[u"user_id"_s], registered.json()[u"user_id"_s]);
  EXPECT_EQ(json[u"device_state"_s].toString(), u"PENDING");
  EXPECT_EQ(json[u"environment"_s].toString(), u"local");
  EXPECT_TRUE(json[u"access_token"_s].toString().startsWith(u"gxa_"_s));
  EXPECT_TRUE(json[u"refresh_token"_s].toString().startsWith(u"gxr_"_s));
  EXPECT_EQ(json[u"access_expires_in"_s].toInt(), 600);
}

TEST_F(AccountRoutesTest, RefusesBadRegistrations) {
  for (const auto &[json, status] :
       {BadBody{"", 400}, BadBody{"[]", 400}, BadBody{"{}", 400}, BadBody{"{\"account\":\"x@y.test\"}", 400},
        BadBody{"{\"account\":5,\"password\":\"a long enough password\"}", 400},
        BadBody{"{\"account\":\"x@y.test\",\"account\":\"z@y.test\",\"password\":\"a long enough password\"}", 400},
        BadBody{"{\"account\":\"x@y.test\",\"password\":\"a long enough password\"} x", 400},
        BadBody{"\xef\xbb\xbf{\"account\":\"x@y.test\",\"password\":\"a long enough password\"}", 400},
        BadBody{"{\"account\":\"X@y.test\",\"password\":\"a long enough password\"}", 422},
        BadBody{"{\"account\":\"no address\",\"password\":\"a long enough password\"}", 422},
        BadBody{"{\"account\":\"x@y.test\",\"password\":\"short\"}", 422},
        BadBody{"{\"account\":\"x@y.test\",\"password\":\"aaaaaaaaaaaaaaaa\"}", 422},
        BadBody{"{\"account\":\"alice@gxcoin.test\",\"password\":\"a long enough password\"}", 409}}) {
    const auto response = m_http.post("/api/v1/auth/register", json);
    EXPECT_EQ(response.status, status) << json << response.body.constData();
    EXPECT_FALSE(response.code().isEmpty());
  }
}

TEST_F(AccountRoutesTest, DeepAndHugeBodiesAreRefused) {
  const QByteArray deep = "{\"a\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}';
  EXPECT_EQ(m_http.post("/api/v1/auth/register", deep).status, 400);
  const QByteArray huge = "{\"account\":\"" + QByteArray(300 * 1024, 'x') + "\"}";
  EXPECT_EQ(m_http.post("/api/v1/auth/register", huge).status, 413);
}

TEST_F(AccountRoutesTest, UnknownAccountAndWrongPasswordLookTheSame) {
  const auto unknown = m_http.post("/api/v1/auth/login",
                                   R"({"account":"nobody@gxcoin.test","password":"TestPass123","device_name":"x"})");
  const auto wrong = m_http.post("/api/v1/auth/login",
                                 R"({"account":"alice@gxcoin.test","password":"TestPass124","device_name":"x"})");

  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.code(), "wrong_credentials");
  EXPECT_EQ(unknown.json()[u"message"_s], wrong.json()[u"message"_s]);
}

TEST_F(AccountRoutesTest, GuessingIsSlowedWithRetryAfter) {
  test::RawResponse last;
  for (int i = 0; i < 12 && last.status != 429; ++i)
    last = m_http.post("/api/v1/auth/login",
                       R"({"account":"dave@gxcoin.test","password":"guess guess","device_name":"x"})");

  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(last.code(), "rate_limited");
  EXPECT_GT(last.headers.value("retry-after").toInt(), 0);
  EXPECT_EQ(last.json()[u"retry_after"_s].toInt(), last.headers.value("retry-after").toInt());
}

TEST_F(AccountRoutesTest, OneTokenDoesNotServeAsTheOther) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);

  m_http.setToken(alice.refreshToken());
  EXPECT_EQ(m_http.get("/api/v1/auth/devices").status, 401);
  const auto refreshed =
      m_http.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + alice.token() + "\",\"request_id\":\"r1\"}");
  EXPECT_EQ(refreshed.status, 401);
  m_http.setToken("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.");
  EXPECT_EQ(m_http.get("/api/v1/auth/devices").status, 401);
}

TEST_F(AccountRoutesTest, RefreshesAndRepeatsAndRevokes) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  const QByteArray first = refreshBody(alice, "r1", false);

  const auto fresh = m_http.post("/api/v1/auth/refresh", first);
  const auto again = m_http.post("/api/v1/auth/refresh", first);
  const auto other = m_http.post("/api/v1/auth/refresh", refreshBody(alice, "r2", false));

  EXPECT_EQ(fresh.status, 200);
  EXPECT_EQ(again.body, fresh.body);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.code(), "refresh_in_progress");
  alice.takeTokens(fresh.json());
  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 200);
}

TEST_F(AccountRoutesTest, RefreshingNeedsTheDevicesSignatureOnceItHasKeys) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());

  EXPECT_EQ(m_http.post("/api/v1/auth/refresh", refreshBody(alice, "r1", false)).status, 401);
  RelayUser thief(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_EQ(thief.logsIn().status, 200);
  ASSERT_TRUE(alice.becomesActive());
  EXPECT_EQ(m_http.post("/api/v1/auth/refresh", refreshBody(alice, "r2", true)).status, 200);
}

TEST_F(AccountRoutesTest, LoggingOutEndsTheTokensAtOnce) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 200);

  EXPECT_EQ(alice.http().post("/api/v1/auth/logout", "{}").status, 204);

  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 401);
  EXPECT_EQ(m_http.post("/api/v1/auth/refresh", refreshBody(alice, "r1", false)).status, 401);
}

TEST_F(AccountRoutesTest, ListsAndRemovesDevices) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  RelayUser second(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);

  const auto list = wire::DeviceList::parse(alice.http().get("/api/v1/auth/devices").body);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->devices.size(), 2);
  EXPECT_TRUE(list->devices[0].current);
  EXPECT_EQ(list->devices[0].state, wire::DeviceState::Active);
  EXPECT_EQ(list->devices[1].name, "laptop");
  EXPECT_EQ(list->devices[1].state, wire::DeviceState::Pending);

  EXPECT_EQ(alice.http().remove("/api/v1/auth/devices/" + toText(alice.deviceId())).code(), "manifest_conflict");
  EXPECT_EQ(alice.http().remove("/api/v1/auth/devices/" + toText(second.deviceId())).status, 204);
  EXPECT_EQ(second.http().get("/api/v1/auth/devices").status, 401);
  for (const char *id : {"12345", "0", "-1", "x", "99999999999"})
    EXPECT_EQ(alice.http().remove(QByteArray("/api/v1/auth/devices/") + id).status, 404) << id;
}

TEST_F(AccountRoutesTest, SomebodyElsesDeviceIsNotFound) {
  RelayUser alice(m_relay.apiPort(), "alice@gxcoin.test");
  RelayUser bob(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_EQ(bob.logsIn().status, 200);

  EXPECT_EQ(alice.http().remove("/api/v1/auth/devices/" + toText(bob.deviceId())).status, 404);
  EXPECT_EQ(bob.http().get("/api/v1/auth/devices").status, 200);
}

TEST_F(AccountRoutesTest, EveryRouteOfTheDescriptionWantsATokenButFour) {
  const auto description = QJsonDocument::fromJson(m_http.get("/api/v1/openapi.json").body).object();
  const QJsonObject paths = description[u"paths"_s].toObject();
  EXPECT_EQ(paths.size(), 21);

  static const QRegularExpression argument(u"\\{.*\\}"_s);
  for (auto path = paths.begin(); path != paths.end(); ++path)
    for (const QString &method : path->toObject().keys()) {
      const bool isPublic = path->toObject()[method].toObject()[u"security"_s].toArray().isEmpty();
      const auto response =
          m_http.send(method.toUpper().toUtf8(), "/api/v1" + path.key().replace(argument, u"5"_s).toUtf8(), "{}");
      if (isPublic)
        EXPECT_NE(response.code(), "unauthorized") << path.key().toStdString();
      else
        EXPECT_EQ(response.status, 401) << path.key().toStdString();
    }
}

}  // namespace gx::server::http
