// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/mail_window.h"

#include <gtest/gtest.h>

namespace gx::server::gateway {

TEST(MailWindow, GivesWhatIsAnnouncedInOrder) {
  MailWindow window;
  window.start(10, 10);

  EXPECT_TRUE(window.takeAnnounced(11));
  EXPECT_TRUE(window.takeAnnounced(12));
  EXPECT_EQ(window.given(), 12);
  EXPECT_EQ(window.inFlight(), 2);
  EXPECT_FALSE(window.isBehind());
}

TEST(MailWindow, DoesNotGiveAcrossAGap) {
  MailWindow window;
  window.start(10, 10);

  EXPECT_FALSE(window.takeAnnounced(12));
  EXPECT_TRUE(window.isBehind());
  EXPECT_FALSE(window.takeAnnounced(13));
  EXPECT_EQ(window.given(), 10);
}

TEST(MailWindow, DoesNotGiveTwice) {
  MailWindow window;
  window.start(10, 10);
  EXPECT_TRUE(window.takeAnnounced(11));

  EXPECT_FALSE(window.takeAnnounced(11));
  EXPECT_FALSE(window.isBehind());
}

TEST(MailWindow, WaitsForTheMailboxAfterAStart) {
  MailWindow window;
  window.start(5, 9);

  EXPECT_TRUE(window.isBehind());
  EXPECT_FALSE(window.takeAnnounced(10));
  window.gave(6, 9);
  EXPECT_TRUE(window.isBehind());
  window.gave(10, 10);
  EXPECT_FALSE(window.isBehind());
  EXPECT_TRUE(window.takeAnnounced(11));
}

TEST(MailWindow, StopsWhenTooMuchIsUnacknowledged) {
  MailWindow window;
  window.start(0, 0);
  for (int seq = 1; seq <= wire::limits::kEventsInFlight; ++seq) EXPECT_TRUE(window.takeAnnounced(seq));

  EXPECT_EQ(window.room(), 0);
  EXPECT_FALSE(window.takeAnnounced(wire::limits::kEventsInFlight + 1));
  window.acknowledged(100);
  EXPECT_EQ(window.room(), 100);
  EXPECT_TRUE(window.isBehind());
}

TEST(MailWindow, ExpiredLettersCostNoRoom) {
  MailWindow window;
  window.start(0, 5000);

  window.gave(4901, 5000);

  EXPECT_EQ(window.inFlight(), 100);
  EXPECT_FALSE(window.isBehind());
}

TEST(MailWindow, AnEmptyMailboxIsNotBehind) {
  MailWindow window;
  window.start(0, 5000);

  window.reachedEnd(5000);

  EXPECT_FALSE(window.isBehind());
  EXPECT_EQ(window.inFlight(), 0);
  EXPECT_TRUE(window.takeAnnounced(5001));
}

TEST(MailWindow, TheEndOfAnOlderLookLeavesNewerLettersWaiting) {
  MailWindow window;
  window.start(0, 3);
  window.noteHead(4);

  window.gave(1, 3);
  window.reachedEnd(3);

  EXPECT_TRUE(window.isBehind());
  EXPECT_EQ(window.given(), 3);
}

TEST(MailWindow, AcknowledgementsStayWithinWhatWasGiven) {
  MailWindow window;
  window.start(10, 10);
  EXPECT_TRUE(window.takeAnnounced(11));

  window.acknowledged(99);
  EXPECT_EQ(window.inFlight(), 0);
  window.acknowledged(3);
  EXPECT_EQ(window.inFlight(), 0);
}

}  // namespace gx::server::gateway
