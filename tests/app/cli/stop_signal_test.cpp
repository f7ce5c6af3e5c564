// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/stop_signal.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <csignal>

#include "app/cli/resize_signal.h"
#include "tests/support/signal_probe.h"

namespace gx::cli {
namespace {

class StopSignalTest : public ::testing::Test {
 protected:
  void SetUp() override { pthread_sigmask(SIG_SETMASK, nullptr, &m_before); }
  void TearDown() override { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

 private:
  sigset_t m_before{};
};

TEST_F(StopSignalTest, HearsBothWaysToBeStopped) {
  for (const int number : {SIGINT, SIGTERM}) {
    const StopSignal stop;
    test::SignalProbe<> received(&stop, &StopSignal::received);

    ASSERT_EQ(raise(number), 0);

    EXPECT_TRUE(received.waitFor(1)) << number;
    EXPECT_EQ(received.count(), 1U);
  }
}

TEST_F(StopSignalTest, TellsEverySignal) {
  const StopSignal stop;
  test::SignalProbe<> received(&stop, &StopSignal::received);

  ASSERT_EQ(raise(SIGINT), 0);
  ASSERT_EQ(raise(SIGTERM), 0);

  EXPECT_TRUE(received.waitFor(2));
}

TEST_F(StopSignalTest, AResizeIsHeardBesideItAndByItsOwnEar) {
  const StopSignal stop;
  const ResizeSignal resize;
  test::SignalProbe<> stopped(&stop, &StopSignal::received);
  test::SignalProbe<> resized(&resize, &ResizeSignal::received);

  ASSERT_EQ(raise(SIGWINCH), 0);

  EXPECT_TRUE(resized.waitFor(1));
  EXPECT_EQ(resized.count(), 1U);
  EXPECT_EQ(stopped.count(), 0U);
}

TEST_F(StopSignalTest, SaysNothingByItself) {
  const StopSignal stop;
  test::SignalProbe<> received(&stop, &StopSignal::received);

  QCoreApplication::processEvents();

  EXPECT_EQ(received.count(), 0U);
}

}  // namespace
}  // namespace gx::cli
