// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.B, cases 39 to 46: tokens that are none, swapped, spent or stolen.
#include "core/wire/account_dto.h"
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/server/net/raw_client.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

constexpr char kRefresh[] = "/api/v1/auth/refresh";
constexpr char kCount[] = "/api/v1/keys/count";

QByteArray jwt(const QByteArray &header, const QByteArray &claims) {
  const auto encoded = [](const QByteArray &json) {
    return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
  };
  return encoded(header) + '.' + encoded(claims) + '.';
}

struct TokenRow {
  const char *name;
  QByteArray token;
};

std::vector<TokenRow> tokenRows() {
  const QByteArray claims = R"({"sub":"alice@gxcoin.test","exp":4102444800,"aud":"gx"})";
  return {
      {"A39_AlgNone", jwt(R"({"alg":"none"})", claims)},
      {"A39_SymmetricWithThePublicKey", jwt(R"({"alg":"HS256"})", claims) + "c2lnbmVk"},
      {"A39_KeyIdIsAPath", jwt(R"({"alg":"HS256","kid":"../../dev/null"})", claims) + "c2lnbmVk"},
      {"A39_KeyUrl", jwt(R"({"alg":"RS256","jku":"http://127.0.0.1/keys"})", claims) + "c2lnbmVk"},
      {"A39_Expired", jwt(R"({"alg":"RS256"})", R"({"sub":"alice@gxcoin.test","exp":1})") + "c2lnbmVk"},
      {"A39_NotYet", jwt(R"({"alg":"RS256"})", R"({"sub":"a","nbf":4102444800})") + "c2lnbmVk"},
      {"A39_OtherAudience", jwt(R"({"alg":"RS256"})", R"({"sub":"a","aud":"other"})") + "c2lnbmVk"},
      {"A39_OtherTenant", jwt(R"({"alg":"RS256"})", R"({"sub":"a","tid":"other"})") + "c2lnbmVk"},
      {"A39_RightShapeButUnknown", "gxa_" + QByteArray(43, 'A')},
      {"A39_OneCharacter", "x"},
      {"A40_EightThousandBytes", QByteArray(8000, 'e')},
  };
}

class TokenCases : public AbusedRelay, public ::testing::WithParamInterface<TokenRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

class Tokens : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }

 protected:
  static QByteArray refreshBody(const RelayUser &user, const QByteArray &requestId, const RelayUser *signer = nullptr) {
    wire::RefreshRequest request;
    request.refreshToken = user.refreshToken();
    request.requestId = requestId;
    if (signer != nullptr) request.signature = signer->sign(request.signedBytes());
    return request.toJson();
  }
};

}  // namespace

TEST_P(TokenCases, OpenNothing) {
  RawHttp http(port());
  http.setToken(GetParam().token);
  for (const char *path : {kCount, "/api/v1/nowhere"}) expectProblem(http.get(path), 401, "unauthorized");
  expectProblem(http.post("/api/v1/messages", "{"), 401, "unauthorized");

  RawSocketIo socket(port());
  const QJsonObject refusal = socket.connectWith({{u"token"_s, QString::fromLatin1(GetParam().token)}});
  EXPECT_EQ(refusal[u"message"_s], u"unauthorized"_s);
  EXPECT_EQ(refusal[u"data"_s][u"code"_s], u"unauthorized"_s);
}

INSTANTIATE_TEST_SUITE_P(All, TokenCases, ::testing::ValuesIn(tokenRows()), RowName());

TEST_F(Tokens, A40_AMegabyteOfTokenEndsAtEightKilobytes) {
  RawClient client(port());
  client.send("GET /api/v1/keys/count HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + QByteArray(1024 * 1024, 'e') +
              "\r\n\r\n");
  ASSERT_TRUE(client.waitForEnd());
  if (!client.received().isEmpty()) expectProblem(responseOf(client.received()), 431, "header_too_large");
  expectServing();
}

TEST_F(Tokens, A41_NeitherTokenServesAsTheOther) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  RawHttp http(port());

  http.setToken(alice.refreshToken());
  expectProblem(http.get("/api/v1/auth/devices"), 401, "unauthorized");
  const QByteArray swapped = "{\"refresh_token\":\"" + alice.token() + R"(","request_id":"one"})";
  expectProblem(RawHttp(port()).post(kRefresh, swapped), 401, "unauthorized");
  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 200);  // and neither was harmed
}

TEST_F(Tokens, A43_ARepeatedRequestGetsTheVerySamePair) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  const QByteArray body = refreshBody(alice, "the answer got lost");

  const RawResponse first = RawHttp(port()).post(kRefresh, body);
  const RawResponse second = RawHttp(port()).post(kRefresh, body);

  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(first.body, second.body);
  alice.takeTokens(first.json());
  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 200);
}

TEST_F(Tokens, A44_OfTwoRefreshesAtOnceOneWinsAndNobodyIsSignedOut) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  RawClient one(port());
  RawClient two(port());
  const auto send = [&](RawClient &client, const QByteArray &id) {
    const QByteArray body = refreshBody(alice, id);
    client.send(
        "POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json"
        "\r\nContent-Length: " +
        QByteArray::number(body.size()) + "\r\n\r\n" + body);
  };
  send(one, "one");
  send(two, "two");
  ASSERT_TRUE(one.waitForEnd() && two.waitForEnd());

  RawResponse winner = responseOf(one.received());
  RawResponse other = responseOf(two.received());
  if (winner.status != 200) std::swap(winner, other);
  ASSERT_EQ(winner.status, 200);
  expectProblem(other, 409, "refresh_in_progress");
  alice.takeTokens(winner.json());
  EXPECT_EQ(alice.http().get("/api/v1/auth/devices").status, 200);
  EXPECT_EQ(RawHttp(port()).post(kRefresh, refreshBody(alice, "three")).status, 200);
}

TEST_F(Tokens, A45_ARefreshSignedByAnotherDeviceEndsTheSession) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto online = alice.goesOnline();
  online->waitFor("ready");

  expectProblem(RawHttp(port()).post(kRefresh, refreshBody(alice, "stolen", &bob)), 401, "unauthorized");

  EXPECT_EQ(online->waitForClose(), 4401);
  expectProblem(alice.http().get(kCount), 401, "unauthorized");
  expectProblem(RawHttp(port()).post(kRefresh, refreshBody(alice, "own", &alice)), 401, "unauthorized");
}

TEST_F(Tokens, A45_ARefreshWithoutTheSignatureChangesNothing) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());

  expectProblem(RawHttp(port()).post(kRefresh, refreshBody(alice, "unsigned")), 401, "unauthorized");

  EXPECT_EQ(RawHttp(port()).post(kRefresh, refreshBody(alice, "signed", &alice)).status, 200);
}

TEST_F(Tokens, A46_LoggingOutEndsTokenAndSocketAtOnce) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  const auto online = alice.goesOnline();
  online->waitFor("ready");

  EXPECT_EQ(alice.http().post("/api/v1/auth/logout", "{}").status, 204);

  expectProblem(alice.http().get(kCount), 401, "unauthorized");
  EXPECT_EQ(online->waitForClose(std::chrono::seconds(5)), 4401);
  RawSocketIo again(port());
  EXPECT_EQ(again.connectWith({{u"token"_s, QString::fromLatin1(alice.token())}})[u"message"_s], u"unauthorized"_s);
}

}  // namespace gx::test
