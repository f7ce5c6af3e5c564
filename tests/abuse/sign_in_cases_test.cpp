// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.B, cases 32 to 38: guessing, names and passwords.
#include <memory>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/server/net/raw_client.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

constexpr char kLogin[] = "/api/v1/auth/login";
constexpr char kRegister[] = "/api/v1/auth/register";

QByteArray loginBody(const QByteArray &account, const QByteArray &password) {
  return R"({"account":")" + account + R"(","password":")" + password + R"(","device_name":"desk"})";
}
QByteArray registration(const QByteArray &account, const QByteArray &password) {
  return R"({"account":")" + account + R"(","password":")" + password + "\"}";
}

// As it is served to the world.
class Guessing : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start({u"GX_RATE_SCALE=1"_s}); }
};

class ManyLogins : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }
};

struct RegisterRow {
  const char *name;
  QByteArray account;
  QByteArray password;
  int status;
  const char *code;  // "" where it is taken
};

constexpr char kFine[] = "a fine long password";

std::vector<RegisterRow> passwordRows() {
  const QByteArray emoji = "\xf0\x9f\x98\x80\xf0\x9f\x98\x81";
  return {
      {"A36_PasswordOfAMegabyte", "m@gxcoin.test", QByteArray(1024 * 1024, 'p'), 413, "too_large"},
      {"A36_PasswordOfALotOfKilobytes", "m@gxcoin.test", QByteArray(100 * 1024, 'p'), 400, "bad_request"},
      {"A36_ThreeBytes", "m@gxcoin.test", "abc", 422, "invalid_password"},
      {"A36_OnlySpaces", "m@gxcoin.test", QByteArray(20, ' '), 422, "invalid_password"},
      {"A36_FewEmoji", "m@gxcoin.test", emoji.repeated(5), 422, "invalid_password"},
      {"A36_PasswordWithNul", "m@gxcoin.test", R"(a fine \u0000 password)", 400, "bad_request"},
      {"A36_AHundredAndTwentyNineCharacters", "m@gxcoin.test", emoji.repeated(64) + "x", 422, "invalid_password"},
      {"A36_AHundredAndTwentyEightEmoji", "emoji@gxcoin.test", emoji.repeated(64), 201, ""},
  };
}

std::vector<RegisterRow> nameRows() {
  return {
      {"A37_ExistingName", "alice@gxcoin.test", kFine, 409, "account_taken"},
      {"A37_ExistingNameInCapitals", "Alice@gxcoin.test", kFine, 422, "invalid_account"},
      {"A37_CyrillicLookAlike", "\xd0\xb0lice@gxcoin.test", kFine, 422, "invalid_account"},
      {"A37_FullWidthLookAlike", "\xef\xbd\x81lice@gxcoin.test", kFine, 422, "invalid_account"},
      {"A37_Combined", "a\xcc\x81lice@gxcoin.test", kFine, 422, "invalid_account"},
      {"A38_BidiOverride", "m\xe2\x80\xaeyrollam@gxcoin.test", kFine, 422, "invalid_account"},
      {"A38_ZeroWidth", "m\xe2\x80\x8b@gxcoin.test", kFine, 422, "invalid_account"},
      {"A38_NewLine", R"(m\nX-Injected: mallory-was-here@gxcoin.test)", kFine, 422, "invalid_account"},
      {"A38_Html", "<script>mallory-was-here</script>@gxcoin.test", kFine, 422, "invalid_account"},
      {"A38_Quotes", R"(m'; DROP TABLE \"User\";--@gxcoin.test)", kFine, 422, "invalid_account"},
  };
}

class RegisterCases : public AbusedRelay, public ::testing::WithParamInterface<RegisterRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_F(Guessing, A32_WrongPasswordsAreSlowedForTheGuesserAlone) {
  RawHttp guesser(port());
  int slowed = 0;
  for (int i = 0; i < 10; ++i) {
    const RawResponse wrong = guesser.post(kLogin, loginBody("alice@gxcoin.test", "a wrong password"));
    expectProblem(wrong, wrong.status == 429 ? 429 : 401, wrong.status == 429 ? "rate_limited" : "wrong_credentials");
    if (wrong.status != 429) continue;
    ++slowed;
    EXPECT_GE(wrong.headers.value("retry-after").toInt(), 1);
    EXPECT_EQ(wrong.json()[u"retry_after"_s].toInt(), wrong.headers.value("retry-after").toInt());
  }
  EXPECT_GE(slowed, 2);

  RawHttp owner(port(), QHostAddress(u"127.0.0.2"_s));
  EXPECT_EQ(owner.post(kLogin, loginBody("alice@gxcoin.test", "TestPass123")).status, 200);
}

TEST_F(Guessing, A33_OneWrongPasswordForEachOfManyAccounts) {
  RawHttp guesser(port(), QHostAddress(u"127.0.0.3"_s));
  int slowed = 0;
  for (int i = 0; i < 70; ++i) {
    const QByteArray account = "nobody" + QByteArray::number(i) + "@gxcoin.test";
    const RawResponse wrong = guesser.post(kLogin, loginBody(account, "a wrong password"));
    if (wrong.status == 429)
      ++slowed;
    else
      expectProblem(wrong, 401, "wrong_credentials");
  }
  EXPECT_GE(slowed, 5);

  RawHttp other(port(), QHostAddress(u"127.0.0.4"_s));
  EXPECT_EQ(other.post(kLogin, loginBody("bob@gxcoin.test", "TestPass123")).status, 200);
}

TEST_F(Guessing, A34_AnUnknownAccountAnswersLikeAWrongPassword) {
  RawHttp http(port(), QHostAddress(u"127.0.0.5"_s));
  RawResponse wrong = http.post(kLogin, loginBody("carol@gxcoin.test", "a wrong password"));
  RawResponse unknown = http.post(kLogin, loginBody("nobody@gxcoin.test", "a wrong password"));

  expectProblem(wrong, 401, "wrong_credentials");
  QJsonObject first = wrong.json();
  QJsonObject second = unknown.json();
  first.remove(u"request_id"_s);
  second.remove(u"request_id"_s);
  EXPECT_EQ(first, second);
}

TEST_F(ManyLogins, A35_SixtyFourAtOnceAreAllAnswered) {
  std::vector<std::unique_ptr<RawClient>> clients;
  const QByteArray body = loginBody("dave@gxcoin.test", "TestPass123");
  for (int i = 0; i < 64; ++i) {
    clients.push_back(std::make_unique<RawClient>(port()));
    clients.back()->send(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Content-Length: " +
        QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
  }
  expectServing();
  int in = 0;
  for (const auto &client : clients) {
    ASSERT_TRUE(client->waitForEnd());
    const RawResponse response = responseOf(client->received());
    if (response.status == 200)
      ++in;
    else
      EXPECT_TRUE(response.status == 503 || response.status == 429) << client->received().constData();
  }
  EXPECT_GE(in, 4);
}

TEST_P(RegisterCases, AreTakenWholeOrRefused) {
  RawHttp http(port());

  const RawResponse response = http.post(kRegister, registration(GetParam().account, GetParam().password));

  if (GetParam().status != 201) return expectProblem(response, GetParam().status, GetParam().code);
  ASSERT_EQ(response.status, 201) << response.body.constData();
  EXPECT_EQ(http.post(kLogin, loginBody(GetParam().account, GetParam().password)).status, 200);
  const QByteArray cut = GetParam().password.chopped(4);  // the last character is not lost on the way
  EXPECT_EQ(http.post(kLogin, loginBody(GetParam().account, cut)).status, 401);
}

INSTANTIATE_TEST_SUITE_P(Passwords, RegisterCases, ::testing::ValuesIn(passwordRows()), RowName());
INSTANTIATE_TEST_SUITE_P(Names, RegisterCases, ::testing::ValuesIn(nameRows()), RowName());

}  // namespace gx::test
