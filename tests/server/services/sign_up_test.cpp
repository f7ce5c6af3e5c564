// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class SignUpTest : public ServicesTest {
 protected:
  Result<wire::RegisterResponse> registers(const QByteArray &account, const QByteArray &password = kPassword,
                                           std::optional<QByteArray> invite = {}) {
    return await(all->signUp.registerAccount({account, password, std::move(invite)}, "192.0.2.1"));
  }
};

TEST_F(SignUpTest, MakesAnAccountOnceAndNoDevice) {
  const auto made = registers("alice@gxcoin.test");

  ASSERT_TRUE(made);
  EXPECT_EQ(made->account, "alice@gxcoin.test");
  EXPECT_TRUE(await(house.ports().devices.list(made->userId))->empty());
  EXPECT_EQ(refusalOf(registers("alice@gxcoin.test")), "account_taken");
  EXPECT_TRUE(logsIn("alice@gxcoin.test"));
}

// Cases 37 and 38 of RELIABILITY.md.
TEST_F(SignUpTest, RefusesNamesThatAreNoPlainAddress) {
  const QByteArray refused[] = {
      "",
      "alice",
      "@gxcoin.test",
      "alice@",
      "alice@test",
      "Alice@gxcoin.test",
      "alice@gxcoin.TEST",
      "a lice@gxcoin.test",
      "alice@@gxcoin.test",
      ".alice@gxcoin.test",
      "alice.@gxcoin.test",
      "al..ice@gxcoin.test",
      "alice@-gxcoin.test",
      "alice@gxcoin-.test",
      "alice@gxcoin..test",
      "\xd0\xb0lice@gxcoin.test",       // Cyrillic a
      "alice\xe2\x80\xae@gxcoin.test",  // right-to-left override
      "alice\xe2\x80\x8b@gxcoin.test",  // zero width space
      "alice\n@gxcoin.test",
      "<b>alice</b>@gxcoin.test",
      QByteArray(65, 'a') + "@gxcoin.test",
      "alice@" + QByteArray(64, 'a') + ".test",
      "alice@" + QByteArray(61, 'a') + '.' + QByteArray(60, 'b') + '.' + QByteArray(60, 'c') + '.' +
          QByteArray(60, 'd') + ".test",
  };
  for (const QByteArray &name : refused) EXPECT_EQ(refusalOf(registers(name)), "invalid_account") << name.toStdString();
  EXPECT_TRUE(registers("a.b+c_d-9@sub.gx-coin.test"));
}

// Case 36.
TEST_F(SignUpTest, HoldsThePasswordRules) {
  const auto codeFor = [&](const QByteArray &password) { return refusalOf(registers("a@gxcoin.test", password)); };
  const QByteArray emoji = "\xf0\x9f\x98\x80";

  EXPECT_EQ(codeFor("abc"), "invalid_password");
  EXPECT_EQ(codeFor("elevenchars"), "invalid_password");
  EXPECT_EQ(codeFor(QByteArray(20, ' ')), "invalid_password");
  EXPECT_EQ(codeFor("abcdefghijklmnop"), "invalid_password");
  EXPECT_EQ(codeFor("zyxwvutsrqponmlk"), "invalid_password");
  EXPECT_EQ(codeFor("1234567890123"), "invalid_password");
  EXPECT_EQ(codeFor("Password1234"), "invalid_password");
  EXPECT_EQ(codeFor(QByteArray("nul inside\0 it ", 15)), "invalid_password");
  EXPECT_EQ(codeFor("broken \xc3\x28 utf-8 text"), "invalid_password");
  EXPECT_EQ(codeFor(QByteArray(1024 * 1024, 'x')), "invalid_password");
  EXPECT_EQ(codeFor((emoji + "b").repeated(64) + "c"), "invalid_password");  // 129 code points
  EXPECT_EQ(codeFor((emoji + "b").repeated(64)), "");                        // 128
}

TEST_F(SignUpTest, ComparesPasswordsComposedAndWithoutCuttingThem) {
  const QByteArray composed = "caf\xc3\xa9 au lait, s'il";
  const QByteArray decomposed = "cafe\xcc\x81 au lait, s'il";
  const QByteArray longest = QByteArray("0123456789abcdeZ").repeated(8);
  ASSERT_TRUE(registers("a@gxcoin.test", composed));
  ASSERT_TRUE(registers("b@gxcoin.test", longest));

  EXPECT_TRUE(logsIn("a@gxcoin.test", decomposed));
  EXPECT_EQ(refusalOf(logsIn("b@gxcoin.test", longest.chopped(1))), "wrong_credentials");
  EXPECT_TRUE(logsIn("b@gxcoin.test", longest));
}

TEST_F(SignUpTest, IsClosedWhenSettingsSaySo) {
  settings.registration = services::Registration::Closed;

  EXPECT_EQ(refusalOf(registers("a@gxcoin.test")), "registration_closed");
  EXPECT_TRUE(await(all->signUp.seed("a@gxcoin.test", "TestPass123")));  // the operator's own
  EXPECT_TRUE(logsIn("a@gxcoin.test", "TestPass123"));
  EXPECT_EQ(refusalOf(await(all->signUp.seed("a@gxcoin.test", "TestPass123"))), "account_taken");
  EXPECT_EQ(refusalOf(await(all->signUp.seed("no address", "TestPass123"))), "invalid_account");
}

TEST_F(SignUpTest, AdmitsByInvite) {
  settings.registration = services::Registration::Invite;
  const QByteArray code = await(all->signUp.makeInvite(1, std::chrono::hours(1))).value();
  EXPECT_GE(code.size(), 22);  // 128 bits

  EXPECT_EQ(refusalOf(registers("a@gxcoin.test")), "invite_invalid");
  EXPECT_EQ(refusalOf(registers("a@gxcoin.test", kPassword, "guess")), "invite_invalid");
  EXPECT_TRUE(registers("a@gxcoin.test", kPassword, code));
  EXPECT_EQ(refusalOf(registers("b@gxcoin.test", kPassword, code)), "invite_invalid");
}

TEST(SignUpLimit, HoldsRegistrationsPerAddress) {
  HouseSettings houseSettings;
  cache::ruleOf(houseSettings.rules, domain::Limit::Registration) = {2, std::chrono::seconds(10)};
  SqliteHouse house(houseSettings);
  services::ServiceSettings settings;
  settings.registration = services::Registration::Open;
  settings.hashCost = {8 * 1024, 1};
  services::PasswordHash hash(house.random, settings);
  services::SignUp signUp(house.ports(), hash, settings);
  const auto from = [&](const QByteArray &address, const QByteArray &name) {
    return refusalOf(await(signUp.registerAccount({name, "a long enough secret", {}}, address)));
  };

  EXPECT_EQ(from("192.0.2.1", "a@gxcoin.test"), "");
  EXPECT_EQ(from("192.0.2.1", "bad"), "invalid_account");
  EXPECT_EQ(from("192.0.2.1", "c@gxcoin.test"), "rate_limited");
  EXPECT_EQ(from("192.0.2.2", "c@gxcoin.test"), "");
}

}  // namespace gx::test
