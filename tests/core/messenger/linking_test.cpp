// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/linking.h"

#include <gtest/gtest.h>

#include "core/base/launch.h"
#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::Person;
using test::waitUntil;

class LinkingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    desktop.signsUp();
    ASSERT_EQ(laptop.signsIn(), SignInOutcome::Pending);
  }
  void TearDown() override {
    stop.request_stop();
    if (isWaiting) EXPECT_TRUE(waitUntil([this] { return outcome.has_value(); }, 20s));
  }
  Linking &listed() { return desktop.session().linking(); }
  Linking &pending() { return laptop.session().linking(); }
  // The laptop waits for its approval from now on.
  void offers() {
    test::SignalProbe<> offered(&pending(), &Linking::offered);
    waits();
    ASSERT_TRUE(offered.waitFor(1));
  }
  void waits() {
    QObject::connect(&pending(), &Linking::digitsReady, &m_context, [this](const QByteArray &d) { shown = d; });
    isWaiting = true;
    launch(&m_context, pending().waitForApproval(stop.get_token()), [this](const Result<> &r) { outcome = r; });
  }
  // As far as the digits on both.
  LinkOffer meets() {
    offers();
    const auto offer = answers();
    EXPECT_TRUE(offer && waitUntil([this] { return !shown.isEmpty(); }));
    return offer.value_or(LinkOffer());
  }
  // The program on the laptop ends and begins again.
  void laptopRestarts() {
    stop.request_stop();
    ASSERT_TRUE(ends());
    stop = std::stop_source();
    isWaiting = false;
    outcome.reset();
    shown.clear();
    laptop.disconnects();
    laptop.reopens();
  }
  bool ends() {
    return waitUntil([this] { return outcome.has_value(); }, 20s);
  }
  bool isApproved() { return (*await(laptop.vault().account().account()))->account.isApproved; }
  std::size_t listedDevices(Person &on) {
    return await(on.vault().manifests().pinned(desktop.self().user))->devices.size();
  }
  Result<LinkOffer> answers() { return await(listed().answer(laptop.self().device, {}), 20s); }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person desktop{relay, "alice@example.org", "desktop"};
  Person laptop{relay, "alice@example.org", "laptop"};
  std::stop_source stop;
  std::optional<Result<>> outcome;
  QByteArray shown;
  bool isWaiting = false;

 private:
  QObject m_context;
};

TEST_F(LinkingTest, BothShowTheSameDigitsBeforeAnythingIsSigned) {
  const LinkOffer offer = meets();

  EXPECT_EQ(offer.name, "laptop");
  EXPECT_EQ(offer.digits.size(), 6);
  EXPECT_EQ(shown, offer.digits);
  EXPECT_FALSE(outcome.has_value());
  EXPECT_FALSE(isApproved());
}

TEST_F(LinkingTest, ConfirmedOnBothItIsListedOnBoth) {
  const LinkOffer offer = meets();

  pending().confirm(true);
  ASSERT_TRUE(await(listed().approve(offer)));

  ASSERT_TRUE(ends());
  EXPECT_TRUE(*outcome);
  EXPECT_TRUE(isApproved());
  EXPECT_EQ(listedDevices(desktop), 2U);
  EXPECT_EQ(listedDevices(laptop), 2U);
}

TEST_F(LinkingTest, WhatWasSignedIsNotTakenBeforeThePersonsWord) {
  const LinkOffer offer = meets();

  ASSERT_TRUE(await(listed().approve(offer)));
  ASSERT_TRUE(waitUntil([&] { return listedDevices(laptop) == 2U; }));  // it saw the entry, and waits

  EXPECT_FALSE(outcome.has_value());
  EXPECT_FALSE(isApproved());
  EXPECT_EQ(await(laptop.session().signIn().finish(false)).value(), SignInOutcome::Pending);
  pending().confirm(true);
  ASSERT_TRUE(ends());
  EXPECT_TRUE(*outcome);
  EXPECT_TRUE(isApproved());
}

TEST_F(LinkingTest, OtherDigitsTakeNothingOverAndDropTheDevice) {
  meets();

  pending().confirm(false);

  ASSERT_TRUE(ends());
  ASSERT_FALSE(*outcome);
  EXPECT_EQ(outcome->error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(outcome->error().code, "digits_differ");
  EXPECT_FALSE(isApproved());
  EXPECT_EQ(await(desktop.session().relay().api().devices())->devices.size(), 1);
  EXPECT_EQ(await(laptop.vault().account().beginRefresh()).error().kind, ErrorKind::Unauthorized);
}

TEST_F(LinkingTest, OtherDigitsTakeASignedDeviceOffTheListAgain) {
  const LinkOffer offer = meets();
  ASSERT_TRUE(await(listed().approve(offer)));

  pending().confirm(false);

  ASSERT_TRUE(ends());
  EXPECT_EQ(outcome->error().code, "digits_differ");
  EXPECT_FALSE(isApproved());
  ASSERT_TRUE(await(desktop.session().deviceLists().refresh(desktop.self().user)));
  EXPECT_EQ(listedDevices(desktop), 1U);
}

TEST_F(LinkingTest, DigitsOfAnEarlierRunAreConfirmedByTheNext) {
  const LinkOffer offer = meets();
  laptopRestarts();

  const auto again = answers();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->digits, offer.digits);
  ASSERT_TRUE(await(listed().approve(*again)));
  const auto resumed = await(pending().resume(offer.digits, {}), 20s);

  EXPECT_TRUE(resumed) << describe(resumed.error()).toStdString();
  EXPECT_TRUE(isApproved());
}

TEST_F(LinkingTest, OtherDigitsThanThoseOfTheEarlierRunDropTheDevice) {
  const LinkOffer offer = meets();
  laptopRestarts();

  const auto resumed = await(pending().resume(offer.digits == "000000" ? "000001" : "000000", {}), 20s);

  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().code, "digits_differ");
  EXPECT_FALSE(isApproved());
  EXPECT_EQ(await(desktop.session().relay().api().devices())->devices.size(), 1);
}

TEST_F(LinkingTest, WithoutAnEarlierRunThereIsNothingToGoOnWith) {
  EXPECT_EQ(await(pending().resume("123456", {})).error().code, "no_link");
  EXPECT_EQ(await(desktop.session().relay().api().devices())->devices.size(), 2);
}

TEST_F(LinkingTest, SignedInWhileItWasAwayItShowsTheDigitsAgain) {
  const LinkOffer offer = meets();
  ASSERT_TRUE(await(listed().approve(offer)));
  laptopRestarts();
  ASSERT_EQ(await(laptop.session().signIn().finish(false)).value(), SignInOutcome::Pending);

  waits();

  ASSERT_TRUE(waitUntil([this] { return !shown.isEmpty(); }));
  EXPECT_EQ(shown, offer.digits);
  pending().confirm(true);
  ASSERT_TRUE(ends());
  EXPECT_TRUE(isApproved());
}

TEST_F(LinkingTest, AnOfferMadeAnewIsAnsweredAnew) {
  meets();
  laptopRestarts();

  const LinkOffer second = meets();

  EXPECT_EQ(shown, second.digits);
  pending().confirm(true);
  ASSERT_TRUE(await(listed().approve(second)));
  ASSERT_TRUE(ends());
  EXPECT_TRUE(isApproved());
}

TEST_F(LinkingTest, RefusedItIsOffTheRelayAndTheWaitingEnds) {
  meets();

  ASSERT_TRUE(await(listed().refuse(laptop.self().device)));

  ASSERT_TRUE(ends());  // nobody was asked on
  EXPECT_FALSE(*outcome);
  EXPECT_NE(outcome->error().code, "digits_differ");
  EXPECT_EQ(await(desktop.session().relay().api().devices())->devices.size(), 1);
}

TEST_F(LinkingTest, WhoeverWaitsMayStop) {
  offers();

  stop.request_stop();

  ASSERT_TRUE(ends());
  EXPECT_EQ(outcome->error().kind, ErrorKind::Cancelled);
}

TEST_F(LinkingTest, WhoeverIsAskedMayStopToo) {
  meets();

  stop.request_stop();

  ASSERT_TRUE(ends());
  EXPECT_EQ(outcome->error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(await(desktop.session().relay().api().devices())->devices.size(), 2);  // it may go on later
}

TEST_F(LinkingTest, WhatDidNotOfferItselfCannotBeAnswered) {
  const auto offer = answers();

  ASSERT_FALSE(offer);
  EXPECT_EQ(offer.error().kind, ErrorKind::NotFound);
}

TEST_F(LinkingTest, AnUnlistedDeviceCannotBeRemovedOnlyRefused) {
  EXPECT_EQ(await(listed().remove(laptop.self().device)).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(await(listed().refuse(laptop.self().device)));
  EXPECT_FALSE(await(listed().refuse(laptop.self().device)));
}

TEST_F(LinkingTest, APendingDeviceCannotApproveItself) {
  LinkOffer offer;
  offer.device = laptop.self().device;
  offer.name = "laptop";
  offer.identityKey = await(laptop.vault().deviceKeys().identity())->publicKey.bytes();

  EXPECT_FALSE(await(pending().approve(offer)));
  EXPECT_FALSE((*await(laptop.vault().account().account()))->account.isApproved);
}

TEST_F(LinkingTest, AnOfferWithoutAKeyIsNotSigned) {
  LinkOffer offer;
  offer.device = laptop.self().device;

  EXPECT_FALSE(await(listed().approve(offer)));
  EXPECT_EQ(await(desktop.vault().manifests().pinned(desktop.self().user))->devices.size(), 1U);
}

TEST_F(LinkingTest, ARemovedDeviceIsTakenFromTheList) {
  const LinkOffer offer = meets();
  pending().confirm(true);
  ASSERT_TRUE(await(listed().approve(offer)));
  ASSERT_TRUE(ends());

  ASSERT_TRUE(await(listed().remove(laptop.self().device)));

  EXPECT_EQ(await(desktop.vault().manifests().pinned(desktop.self().user))->devices.size(), 1U);
  EXPECT_FALSE(await(laptop.session().relay().api().devices()));
}

}  // namespace
}  // namespace gx::messenger
