// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <stop_token>

#include "core/base/launch.h"

#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using messenger::SignInOutcome;
using test::await;
using test::Person;
using test::RelayProcess;
using test::waitUntil;

class Devices : public ::testing::Test {
 protected:
  // A listed device and a pending one go through the approval; true if the person would have seen the same digits.
  static bool approve(Person &listed, Person &pending) {
    QByteArray shown;
    bool isApproved = false;
    QObject context;
    messenger::Linking &linking = pending.session().linking();
    QObject::connect(&linking, &messenger::Linking::digitsReady, &context, [&](const QByteArray &d) { shown = d; });
    QObject::connect(&linking, &messenger::Linking::digitsReady, &context, [&] { linking.confirm(true); });
    test::SignalProbe<> offered(&linking, &messenger::Linking::offered);
    launch(&context, linking.waitForApproval(std::stop_token()),
           [&](const Result<> &r) { isApproved = r.has_value(); });
    if (!offered.waitFor(1)) return false;
    const auto offer = await(listed.session().linking().answer(pending.self().device, std::stop_token()), 20s);
    if (!offer || !waitUntil([&] { return !shown.isEmpty(); })) return false;
    const bool isSame = offer->digits == shown && shown.size() == 6;
    if (!await(listed.session().linking().approve(*offer))) return false;
    return waitUntil([&] { return isApproved; }) && isSame;
  }

  test::TempFolder folder;
  RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org", "desktop"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(Devices, AFurtherDeviceWaitsForApproval) {
  alice.signsUp();
  Person laptop(relay, "alice@example.org", "laptop");

  EXPECT_EQ(laptop.signsIn(), SignInOutcome::Pending);

  const auto started = await(laptop.session().start());
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, "device_pending");
}

TEST_F(Devices, OneThatIsListedWithoutHavingAskedDoesNotBelieveIt) {
  alice.signsUp();
  Person laptop(relay, "alice@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  const auto identity = await(laptop.vault().deviceKeys().identity());
  ASSERT_TRUE(identity);
  messenger::LinkOffer forged;  // what a relay with a device of its own on a list of its own would do
  forged.device = laptop.self().device;
  forged.identityKey = identity->publicKey.bytes();
  forged.name = "laptop";
  ASSERT_TRUE(await(alice.session().linking().approve(forged)));

  const auto finished = await(laptop.session().signIn().finish(false));

  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, "link_forged");
}

TEST_F(Devices, OnceApprovedBothSeeEverything) {
  alice.signsUp();
  bob.signsUp();
  alice.connects();
  bob.connects();
  const auto chat = alice.talksTo(bob);
  alice.sends(chat, u"before"_s);
  ASSERT_TRUE(bob.sees(chat, u"before"_s));
  Person laptop(relay, "alice@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);

  ASSERT_TRUE(approve(alice, laptop));
  laptop.connects();

  bob.sends(chat, u"to both"_s);
  EXPECT_TRUE(alice.sees(chat, u"to both"_s));
  EXPECT_TRUE(laptop.sees(chat, u"to both"_s));
  const auto own = alice.sends(chat, u"from the desktop"_s);
  EXPECT_TRUE(laptop.sees(chat, u"from the desktop"_s));
  EXPECT_EQ(laptop.message(chat, own).sender.user, laptop.self().user);
  laptop.sends(chat, u"from the laptop"_s);
  EXPECT_TRUE(alice.sees(chat, u"from the laptop"_s));
  EXPECT_TRUE(bob.sees(chat, u"from the laptop"_s));
}

TEST_F(Devices, ReadingOnOneClearsTheOther) {
  alice.signsUp();
  bob.signsUp();
  alice.connects();
  bob.connects();
  const auto chat = bob.talksTo(alice);
  Person laptop(relay, "alice@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  ASSERT_TRUE(approve(alice, laptop));
  laptop.connects();
  bob.sends(chat, u"news"_s);
  ASSERT_TRUE(laptop.sees(chat, u"news"_s));
  ASSERT_TRUE(alice.sees(chat, u"news"_s));

  laptop.readsAll(chat);

  EXPECT_TRUE(waitUntil([&] {
    const auto row = await(alice.vault().archive().conversation(chat));
    return row && row->has_value() && (*row)->conversation.unread == 0;
  }));
}

TEST_F(Devices, ARemovedDeviceIsOutAtOnce) {
  alice.signsUp();
  alice.connects();
  Person laptop(relay, "alice@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  ASSERT_TRUE(approve(alice, laptop));
  laptop.connects();
  test::SignalProbe<Error> out(&laptop.session().connection(), &messenger::Connection::signedOut);

  const auto removed = await(alice.session().linking().remove(laptop.self().device));

  ASSERT_TRUE(removed);
  EXPECT_TRUE(out.waitFor(1, 20s));
}

TEST_F(Devices, WritingGoesOnAfterADeviceWasRemovedUnseen) {
  alice.signsUp();
  bob.signsUp();
  alice.connects();
  bob.connects();
  const auto chat = alice.talksTo(bob);
  Person laptop(relay, "bob@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  ASSERT_TRUE(approve(bob, laptop));
  laptop.connects();
  alice.sends(chat, u"to both"_s);
  ASSERT_TRUE(laptop.sees(chat, u"to both"_s));
  alice.disconnects();
  ASSERT_TRUE(await(bob.session().linking().remove(laptop.self().device)));

  alice.reopens();
  alice.connects();
  const auto id = alice.sends(chat, u"to the one that is left"_s);

  EXPECT_TRUE(bob.sees(chat, u"to the one that is left"_s));
  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Delivered));
}

TEST_F(Devices, ALetterOfARemovedDeviceDoesNotHoldUpTheMail) {
  alice.signsUp();
  bob.signsUp();
  alice.connects();
  bob.connects();
  const auto chat = alice.talksTo(bob);
  alice.sends(chat, u"hello"_s);
  ASSERT_TRUE(bob.sees(chat, u"hello"_s));
  alice.disconnects();
  Person laptop(relay, "bob@example.org", "laptop");
  ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  ASSERT_TRUE(approve(bob, laptop));
  laptop.connects();
  ASSERT_TRUE(waitUntil([&] {
    const auto row = await(laptop.vault().archive().conversation(chat));
    return row && row->has_value();
  }));
  laptop.sends(chat, u"from a device that is gone"_s);
  ASSERT_TRUE(await(bob.session().linking().remove(laptop.self().device)));
  bob.sends(chat, u"from the one that is left"_s);

  alice.reopens();
  alice.connects();

  EXPECT_TRUE(alice.session().inbox().isCaughtUp());
  EXPECT_TRUE(alice.sees(chat, u"from the one that is left"_s));
  EXPECT_TRUE(waitUntil([&] { return await(alice.vault().opener().heldSenders())->empty(); }));  // discarded
  EXPECT_FALSE(alice.texts(chat).contains(u"from a device that is gone"_s));
  // Nobody asks for the same list over and over until the relay refuses.
  EXPECT_TRUE(await(alice.session().relay().api().keyCount()));
}

TEST_F(Devices, SigningOutTakesTheDeviceOffTheManifest) {
  alice.signsUp();

  const auto out = await(alice.session().signIn().signOut());

  ASSERT_TRUE(out) << describe(out.error()).toStdString();
  Person again(relay, "alice@example.org", "new desktop");
  EXPECT_EQ(again.signsIn(), SignInOutcome::Approved);
}

TEST_F(Devices, ANewRootHoldsMessagesUntilTheUserDecides) {
  alice.signsUp();
  bob.signsUp();
  alice.connects();
  bob.connects();
  const auto chat = alice.talksTo(bob);
  alice.sends(chat, u"hello"_s);
  ASSERT_TRUE(bob.sees(chat, u"hello"_s));
  const UserId bobUser = bob.self().user;
  ASSERT_TRUE(await(bob.session().signIn().signOut()));
  Person fresh(relay, "bob@example.org", "after the loss");
  ASSERT_EQ(fresh.signsIn(), SignInOutcome::Approved);
  fresh.connects();
  test::SignalProbe<ClientMessageId, Error> delayed(&alice.session().outbox(), &messenger::Outbox::delayed);

  const auto held = alice.writes(chat, model::Text{u"are you still you?"_s});

  ASSERT_TRUE(delayed.waitFor(1, 20s));
  EXPECT_EQ(delayed.value<1>().code, vault::codes::kTrustBroken);
  EXPECT_EQ(alice.message(chat, held).state, model::MessageState::Queued);
  ASSERT_TRUE(await(alice.session().safety().acceptNewRoot(bobUser)));
  EXPECT_TRUE(fresh.sees(chat, u"are you still you?"_s));
}

TEST_F(Devices, PrekeysAreRefilledAfterUse) {
  alice.signsUp();
  alice.connects();
  const auto count = await(alice.session().relay().api().keyCount());
  ASSERT_TRUE(count);
  EXPECT_EQ(count->preKeys, 100);
}

TEST_F(Devices, ASecondSignInIntoTheSameStoreIsRefused) {
  alice.signsUp();

  const auto again = await(alice.session().signIn().signIn({"alice@example.org", "correct horse battery"}, "x", false));

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "signed_in_already");
}

TEST_F(Devices, AWrongPasswordIsRefusedInItsOwnWords) {
  alice.signsUp();
  Person other(relay, "alice@example.org");

  const auto refused = await(other.session().signIn().signIn({"alice@example.org", "not this one at all"}, "x", false));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "wrong_credentials");
}

}  // namespace
}  // namespace gx
