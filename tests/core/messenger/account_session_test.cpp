// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/account_session.h"

#include <gtest/gtest.h>

#include "core/base/launch.h"
#include "tests/core/messenger/person.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using test::await;
using test::Person;
using test::waitUntil;

class FreshSession : public test::Unconnected {};

TEST_F(FreshSession, NobodyIsSignedIn) {
  EXPECT_EQ(await(session->restore()).error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(await(session->start()).error().code, "not_signed_in");
  EXPECT_EQ(await(session->signIn().finish(false)).error().code, "not_signed_in");
  EXPECT_EQ(await(session->linking().answer(DeviceId{1}, {})).error().code, "not_signed_in");
  EXPECT_EQ(session->connection().state(), Connection::State::Offline);
}

TEST_F(FreshSession, SigningOutOfNothingIsDone) {
  EXPECT_TRUE(await(session->signIn().signOut()));
}

TEST_F(FreshSession, WithoutRelayItSaysWhy) {
  EXPECT_EQ(await(session->signIn().relayInfo()).error().code, "connection_refused");
  const auto outcome = await(session->signIn().signIn({"a@example.org", "secret secret"}, "x", false));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "connection_refused");
  EXPECT_FALSE(await(vault->account().account())->has_value());
}

TEST_F(FreshSession, StoppingTwiceIsNoHarm) {
  await(session->stop());
  await(session->stop());
}

class SessionOverRelay : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(SessionOverRelay, EachStartCountsForRollbackDetection) {
  alice.connects();
  const auto first = await(alice.vault().account().bootMark());
  alice.disconnects();
  alice.reopens();
  alice.connects();

  const auto second = await(alice.vault().account().bootMark());

  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->counter, first->counter + 1);
}

TEST_F(SessionOverRelay, AConversationBegunElsewhereIsFetchedAtTheStart) {
  const auto chat = bob.talksTo(alice);
  ASSERT_FALSE(await(alice.vault().archive().conversation(chat))->has_value());

  alice.connects();

  EXPECT_TRUE(waitUntil([&] { return await(alice.vault().archive().conversation(chat))->has_value(); }));
}

TEST_F(SessionOverRelay, ADeviceThatAsksIsTold) {
  alice.connects();
  test::SignalProbe<DeviceId> asked(&alice.session(), &AccountSession::linkRequested);
  Person laptop(relay, "alice@example.org");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  std::stop_source stop;
  std::optional<ErrorKind> ended;
  QObject context;
  launch(&context, laptop.session().linking().waitForApproval(stop.get_token()),
         [&](const Result<> &r) { ended = r ? ErrorKind::Internal : r.error().kind; });

  EXPECT_TRUE(asked.waitFor(1));
  EXPECT_EQ(asked.value(), laptop.self().device);

  stop.request_stop();
  EXPECT_TRUE(waitUntil([&] { return ended.has_value(); }));
  EXPECT_EQ(ended, ErrorKind::Cancelled);
}

TEST_F(SessionOverRelay, MessageChangesComeTogether) {
  alice.connects();
  bob.connects();
  test::SignalProbe<ConversationId, vault::MessageRef> changed(&alice.session(), &AccountSession::messageChanged);
  const auto chat = alice.talksTo(bob);

  const auto id = bob.sends(bob.talksTo(alice), u"hello"_s);

  ASSERT_TRUE(changed.waitFor(1));
  EXPECT_EQ(changed.value<1>(), (vault::MessageRef{bob.self().user, id}));
  const auto before = changed.count();
  alice.readsAll(chat);
  EXPECT_GT(changed.count(), before);
}

}  // namespace
}  // namespace gx::messenger
