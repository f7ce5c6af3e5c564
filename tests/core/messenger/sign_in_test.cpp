// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/sign_in.h"

#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using test::await;
using test::Person;

constexpr char kLongPassword[] = "correct horse battery";  // as Person's

class SigningIn : public ::testing::Test {
 protected:
  SignIn &signIn() { return alice.session().signIn(); }
  Result<> registers(const QByteArray &account, const QByteArray &password) {
    return await(signIn().registerAccount({account, password}, std::nullopt));
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org", "the desktop"};
};

TEST_F(SigningIn, TheRelayTellsAnybodyWhatItIs) {
  const auto info = await(signIn().relayInfo());

  ASSERT_TRUE(info) << describe(info.error()).toStdString();
}

TEST_F(SigningIn, BadNamesAndPasswordsHaveTheirCodes) {
  EXPECT_EQ(registers("not an address", kLongPassword).error().code, "invalid_account");
  EXPECT_EQ(registers("Alice@Example.org", kLongPassword).error().code, "invalid_account");
  EXPECT_EQ(registers("alice@example.org", "short").error().code, "invalid_password");
}

TEST_F(SigningIn, ANameIsTakenOnce) {
  ASSERT_TRUE(registers("alice@example.org", kLongPassword));

  EXPECT_EQ(registers("alice@example.org", kLongPassword).error().code, "account_taken");
}

TEST_F(SigningIn, TheFirstDeviceBecomesTheRoot) {
  ASSERT_TRUE(registers("alice@example.org", kLongPassword));
  ASSERT_EQ(alice.signsIn(), SignInOutcome::Approved);

  const auto record = await(alice.vault().account().account());
  ASSERT_TRUE(record && record->has_value());
  EXPECT_EQ((*record)->account.name, u"alice@example.org"_s);
  EXPECT_EQ((*record)->account.deviceName, u"the desktop"_s);
  EXPECT_TRUE((*record)->account.isApproved);
  EXPECT_EQ((*record)->relayUrl, alice.session().relay().address().text());
  const auto pinned = await(alice.vault().manifests().pinned(alice.self().user));
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->version, 1U);
  EXPECT_EQ(pinned->devices.size(), 1U);
}

TEST_F(SigningIn, FinishingAgainChangesNothing) {
  ASSERT_TRUE(registers("alice@example.org", kLongPassword));
  ASSERT_EQ(alice.signsIn(), SignInOutcome::Approved);

  EXPECT_EQ(await(signIn().finish(false)).value(), SignInOutcome::Approved);
  EXPECT_EQ(await(signIn().finish(true)).value(), SignInOutcome::Approved);
  EXPECT_EQ(await(alice.vault().manifests().pinned(alice.self().user))->version, 1U);
}

TEST_F(SigningIn, ASignInThatWasCutShortIsFinishedAfterARestart) {
  ASSERT_TRUE(registers("alice@example.org", kLongPassword));
  // Everything of login() but what follows it.
  wire::LoginRequest request;
  request.account = "alice@example.org";
  request.password = kLongPassword;
  request.deviceName = "the desktop";
  const auto answer = await(alice.session().relay().api().login(request));
  ASSERT_TRUE(answer);
  vault::AccountRecord record;
  record.account.self = {answer->userId, answer->deviceId};
  record.account.name = u"alice@example.org"_s;
  record.account.deviceName = u"the desktop"_s;
  record.relayUrl = relay.url();
  ASSERT_TRUE(await(alice.vault().account().signIn(record, SecretBytes(QByteArrayView(answer->tokens.refreshToken)))));
  alice.disconnects();
  alice.reopens();

  EXPECT_EQ(await(signIn().finish(false)).value(), SignInOutcome::Approved);
  alice.connects();
}

TEST_F(SigningIn, ANewIdentityRemovesTheOthers) {
  alice.signsUp();
  Person laptop(relay, "alice@example.org", "laptop");

  ASSERT_EQ(laptop.signsIn(true), SignInOutcome::Approved);

  const auto devices = await(laptop.session().relay().api().devices());
  ASSERT_TRUE(devices);
  ASSERT_EQ(devices->devices.size(), 1);
  EXPECT_EQ(devices->devices.first().name, "laptop");
  EXPECT_EQ(await(alice.session().relay().api().devices()).error().kind, ErrorKind::Unauthorized);
}

TEST_F(SigningIn, AnUnknownAccountIsRefusedLikeAWrongPassword) {
  const auto refused = await(signIn().signIn({"nobody@example.org", kLongPassword}, "x", false));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "wrong_credentials");
  EXPECT_FALSE(await(alice.vault().account().account())->has_value());
}

TEST_F(SigningIn, WithoutTheRelayOneStaysSignedIn) {
  alice.signsUp();
  relay.stop();

  const auto out = await(signIn().signOut());

  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().kind, ErrorKind::Network);
  EXPECT_TRUE(await(alice.vault().account().beginRefresh()));
}

TEST_F(SigningIn, SignedOutTheDeviceIsOffTheRelay) {
  alice.signsUp();
  ASSERT_TRUE(await(signIn().signOut()));

  EXPECT_EQ(await(alice.vault().account().beginRefresh()).error().kind, ErrorKind::Unauthorized);
  EXPECT_TRUE(await(signIn().signOut()));  // once more is no error
}

}  // namespace
}  // namespace gx::messenger
