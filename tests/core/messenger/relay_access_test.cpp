// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/relay_access.h"

#include <gtest/gtest.h>

#include "core/wire/routes.h"
#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using test::await;
using test::Person;

class RelayAccessTest : public ::testing::Test {
 protected:
  net::AccessTokens &tokens() { return alice.session().relay().tokens(); }
  // The request of a refresh, as it goes to the relay.
  wire::RefreshRequest request() {
    const auto attempt = await(alice.vault().account().beginRefresh());
    EXPECT_TRUE(attempt);
    wire::RefreshRequest made;
    made.refreshToken = attempt->refreshToken.view().toByteArray();
    made.requestId = attempt->requestId;
    made.signature = await(alice.vault().deviceKeys().sign(made.signedBytes())).value();
    return made;
  }
  // Sent past the session: its answer is lost to it.
  bool refreshIsLost() {
    net::RestChannel channel(alice.session().relay().http(), alice.session().relay().address());
    net::RestRequest call;
    call.method = "POST";
    call.path = wire::routes::kRefresh;
    call.body = request().toJson();
    return await(channel.call(call)).has_value();
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
};

TEST_F(RelayAccessTest, AFreshProfileHasNothingToRestore) {
  const auto restored = await(alice.session().relay().restore());

  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().kind, ErrorKind::Unauthorized);
  EXPECT_FALSE(tokens().isSignedIn());
}

TEST_F(RelayAccessTest, ARestartGoesOnWithTheKeptToken) {
  alice.signsUp();
  alice.disconnects();
  alice.reopens();

  EXPECT_TRUE(tokens().isSignedIn());
  EXPECT_TRUE(await(alice.session().relay().api().devices()));
}

TEST_F(RelayAccessTest, EachRefreshKeepsANewRefreshToken) {
  alice.signsUp();
  const QByteArray before = request().refreshToken;
  const auto first = await(tokens().current());
  ASSERT_TRUE(first);

  tokens().invalidate(*first);
  ASSERT_TRUE(await(tokens().current()));

  EXPECT_NE(request().refreshToken, before);
}

TEST_F(RelayAccessTest, ARefreshIsRepeatedWithTheSameIdUntilItIsFinished) {
  alice.signsUp();
  const auto first = request();

  EXPECT_EQ(request().requestId, first.requestId);
  alice.disconnects();
  alice.reopens();
  EXPECT_EQ(request().requestId, first.requestId);

  const auto token = await(tokens().current());
  ASSERT_TRUE(token) << describe(token.error()).toStdString();
  EXPECT_NE(request().requestId, first.requestId);
}

TEST_F(RelayAccessTest, ALostAnswerDoesNotSignOut) {
  alice.signsUp();
  alice.disconnects();
  alice.reopens();
  test::SignalProbe<Error> out(&tokens(), &net::AccessTokens::signedOut);
  ASSERT_TRUE(refreshIsLost());

  const auto token = await(tokens().current());

  ASSERT_TRUE(token) << describe(token.error()).toStdString();
  EXPECT_TRUE(await(alice.session().relay().api().devices()));
  EXPECT_EQ(out.count(), 0U);
}

TEST_F(RelayAccessTest, AfterSigningOutNothingWorks) {
  alice.signsUp();
  ASSERT_TRUE(await(alice.session().signIn().signOut()));

  const auto devices = await(alice.session().relay().api().devices());

  ASSERT_FALSE(devices);
  EXPECT_EQ(devices.error().kind, ErrorKind::Unauthorized);
  EXPECT_FALSE(await(alice.session().relay().restore()));
}

TEST_F(RelayAccessTest, AfterShutdownEveryCallIsCancelled) {
  alice.signsUp();
  await(alice.session().relay().shutdown());

  const auto devices = await(alice.session().relay().api().devices());

  ASSERT_FALSE(devices);
  EXPECT_EQ(devices.error().kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace gx::messenger
