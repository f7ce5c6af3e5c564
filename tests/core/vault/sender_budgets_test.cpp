// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/sender_budgets.h"

#include <atomic>

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using vault::SenderBudgets;

UserId sender(quint8 number) {
  UserId user;
  user.bytes[0] = number;
  return user;
}

class SenderBudgetsTest : public ::testing::Test {
 protected:
  int asks(const model::DeviceAddress &asked) {
    int taken = 0;
    while (budgets.takeAsk(asked)) ++taken;
    return taken;
  }

  ManualClock clock;
  SenderBudgets budgets{clock};
  model::DeviceAddress device{sender(1), DeviceId{11}};
};

TEST_F(SenderBudgetsTest, AsksFiveTimesAMinute) {
  EXPECT_EQ(asks(device), SenderBudgets::kAsksPerMinute);
  clock.advance(11s);
  EXPECT_EQ(asks(device), 0);  // a twelfth of a minute is one
  clock.advance(1s);
  EXPECT_EQ(asks(device), 1);
  clock.advance(24h);
  EXPECT_EQ(asks(device), SenderBudgets::kAsksPerMinute);
}

TEST_F(SenderBudgetsTest, EachDeviceHasItsOwnAsks) {
  EXPECT_EQ(asks(device), 5);

  EXPECT_EQ(asks({device.user, DeviceId{12}}), 5);
  EXPECT_EQ(asks({sender(2), device.device}), 5);
}

TEST_F(SenderBudgetsTest, OrdinaryLettersCostNothing) {
  for (int i = 0; i < 10'000; ++i) budgets.charge(device.user, SenderBudgets::kFreePerLetter);

  EXPECT_TRUE(budgets.mayOpen(device.user));
}

TEST_F(SenderBudgetsTest, TwoSecondsAMinuteAreOpened) {
  for (int i = 0; i < 19; ++i) budgets.charge(device.user, 120ms);
  EXPECT_TRUE(budgets.mayOpen(device.user));
  budgets.charge(device.user, 120ms);

  EXPECT_FALSE(budgets.mayOpen(device.user));
  EXPECT_TRUE(budgets.mayOpen(sender(2)));
  clock.advance(1s);
  EXPECT_TRUE(budgets.mayOpen(device.user));
}

TEST_F(SenderBudgetsTest, ALetterThatHungSilencesItsSenderForAMinuteAtMost) {
  budgets.charge(device.user, 24h);

  EXPECT_FALSE(budgets.mayOpen(device.user));
  clock.advance(61s);
  EXPECT_TRUE(budgets.mayOpen(device.user));
}

TEST_F(SenderBudgetsTest, AskingOftenDoesNotKeepItFromFilling) {
  budgets.charge(device.user, 2'020ms);
  EXPECT_FALSE(budgets.mayOpen(device.user));

  for (int i = 0; i < 60; ++i) {
    clock.advance(1ms);
    static_cast<void>(budgets.mayOpen(device.user));
  }

  EXPECT_TRUE(budgets.mayOpen(device.user));
}

// Every look at the time takes a while, as if opening did.
class SlowClock final : public Clock {
 public:
  [[nodiscard]] WallTime wallNow() const override { return fromMillis(1'750'000'000'000); }
  [[nodiscard]] SteadyTime steadyNow() const override { return SteadyTime(std::chrono::milliseconds(now += step)); }
  void callAfter(std::chrono::milliseconds, QObject *, std::function<void()>) override {}

  mutable std::atomic<int> now = 1000;
  std::atomic<int> step = 0;
};

TEST_F(VaultTest, ASenderWhoseLettersCostTooMuchWaitsAndLosesNothing) {
  alice->sends(chat, u"first"_s);
  settles();
  for (int i = 0; i < 12; ++i) alice->sends(chat, QString::number(i));
  SlowClock slow;
  FixedRandom random(9);
  auto room = must(vault::Vault::open(bob->file(), bob->key().copy(), slow, random));
  slow.step = 500;
  int deferred = 0;

  for (const auto &letter : relay.mailboxes[bob->self]) {
    const auto opening = must(room->opener().open(letter));
    if (opening.kind == vault::OpeningKind::Applied) continue;
    EXPECT_EQ(opening.kind, vault::OpeningKind::Held);
    EXPECT_EQ(opening.cause, vault::codes::kSenderBusy);
    EXPECT_EQ(opening.deferredOf, aliceUser);
    EXPECT_FALSE(opening.wantsManifest);
    ++deferred;
  }
  EXPECT_GT(deferred, 3);
  EXPECT_LT(deferred, 10);  // the first ones opened
  slow.step = 0;
  slow.now += 60'000;
  for (const auto &opening : must(room->opener().reopenHeld(aliceUser)))
    EXPECT_EQ(opening.kind, vault::OpeningKind::Applied);
  must(room->close());

  EXPECT_EQ(bob->texts(chat).size(), 13U);
}

}  // namespace

}  // namespace gx::test
