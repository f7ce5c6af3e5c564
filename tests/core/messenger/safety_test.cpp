// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/safety.h"

#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using model::Trust;
using test::await;
using test::Person;
using test::waitUntil;

class SafetyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    alice.connects();
    chat = alice.talksTo(bob);
    other = bob.self().user;
  }
  Safety &safety() { return alice.session().safety(); }
  Trust trust() { return *await(safety().trust(other)); }
  QString digits() {
    const auto number = await(safety().number(other));
    EXPECT_TRUE(number) << describe(number.error()).toStdString();
    return number ? number->digits : QString();
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
  ConversationId chat;
  UserId other;
};

TEST_F(SafetyTest, TheNumberIsSixtyDigitsAndStays) {
  const QString first = digits();

  EXPECT_EQ(first.size(), 60);
  for (const QChar c : first) EXPECT_TRUE(c >= u'0' && c <= u'9');
  EXPECT_EQ(digits(), first);
}

TEST_F(SafetyTest, EachPersonHasAnother) {
  Person carol(relay, "carol@example.org");
  carol.signsUp();
  alice.talksTo(carol);

  const auto number = await(safety().number(carol.self().user));

  ASSERT_TRUE(number);
  EXPECT_NE(number->digits, digits());
}

TEST_F(SafetyTest, AComparisonIsRememberedAndCanBeTakenBack) {
  digits();
  EXPECT_EQ(trust(), Trust::Unverified);

  ASSERT_TRUE(await(safety().markVerified(other, true)));
  EXPECT_EQ(trust(), Trust::Verified);
  alice.disconnects();
  alice.reopens();
  EXPECT_EQ(trust(), Trust::Verified);
  ASSERT_TRUE(await(safety().markVerified(other, false)));
  EXPECT_EQ(trust(), Trust::Unverified);
}

TEST_F(SafetyTest, OfflineTheKnownNumberIsShown) {
  const QString before = digits();
  relay.stop();

  EXPECT_EQ(digits(), before);
}

TEST_F(SafetyTest, NewDevicesChangeTheNumberAndBreakTheTrust) {
  const QString before = digits();
  ASSERT_TRUE(await(safety().markVerified(other, true)));
  Person fresh(relay, "bob@example.org");
  ASSERT_EQ(fresh.signsIn(true), SignInOutcome::Approved);

  digits();
  EXPECT_EQ(trust(), Trust::Broken);

  ASSERT_TRUE(await(safety().acceptNewRoot(other)));
  EXPECT_EQ(trust(), Trust::Unverified);  // accepted is not compared
  EXPECT_NE(digits(), before);
}

TEST_F(SafetyTest, WhatTheNewDeviceWroteIsShownOnceItIsAccepted) {
  digits();
  Person fresh(relay, "bob@example.org");
  ASSERT_EQ(fresh.signsIn(true), SignInOutcome::Approved);
  fresh.connects();
  test::SignalProbe<UserId, vault::ManifestChange> changed(&alice.session().deviceLists(), &DeviceLists::listChanged);
  const auto theirs = fresh.talksTo(alice);
  fresh.sends(theirs, u"it is me"_s);
  ASSERT_TRUE(waitUntil([&] { return trust() == Trust::Broken; }));
  EXPECT_TRUE(alice.texts(chat).isEmpty());

  ASSERT_TRUE(await(safety().acceptNewRoot(other)));

  EXPECT_TRUE(alice.sees(chat, u"it is me"_s));
}

// Claimed anew at every try, the new device's bundles would be used up, and its owner out of reach once accepted.
TEST_F(SafetyTest, WhatWaitsForTheDecisionClaimsNoBundlesAndLeavesAfterIt) {
  alice.sends(chat, u"before"_s);
  Person fresh(relay, "bob@example.org");
  ASSERT_EQ(fresh.signsIn(true), SignInOutcome::Approved);
  const ClientMessageId waiting = alice.writes(chat, model::Text{u"still you?"_s});
  alice.session().outbox().wake();
  ASSERT_TRUE(waitUntil([&] { return trust() == Trust::Broken; }));
  for (int i = 0; i < 20; ++i) {
    test::SignalProbe<ClientMessageId, Error> delayed(&alice.session().outbox(), &Outbox::delayed);
    alice.session().outbox().retryNow();
    ASSERT_TRUE(delayed.waitFor(1));
    ASSERT_EQ(delayed.value<1>().code, vault::codes::kTrustBroken);
  }

  ASSERT_TRUE(await(safety().acceptNewRoot(other)));

  EXPECT_TRUE(alice.reaches(chat, waiting, model::MessageState::Sent));
}

}  // namespace
}  // namespace gx::messenger
