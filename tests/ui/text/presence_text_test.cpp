// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/presence_text.h"

#include <gtest/gtest.h>

#include "ui/text/time_text.h"

namespace gx::text {
namespace {

using namespace Qt::StringLiterals;

TEST(PresenceText, UnknownIsNotOffline) {
  const WallTime now = fromMillis(1'750'000'000'000);

  EXPECT_EQ(presenceText(PresenceWord::Unknown, {}, now), u"presence not known"_s);
  EXPECT_EQ(presenceText(PresenceWord::Offline, {}, now), u"offline"_s);
  EXPECT_EQ(presenceText(PresenceWord::Online, {}, now), u"online"_s);
  EXPECT_EQ(presenceText(PresenceWord::Away, {}, now), u"away"_s);
}

TEST(PresenceText, SaysWhenSomebodyWasSeen) {
  const WallTime now = fromMillis(1'750'000'000'000);

  EXPECT_TRUE(presenceText(PresenceWord::Offline, now, now).startsWith(u"last seen "_s));
}

TEST(PresenceText, LastSeenHasTheWordsOfATime) {
  const WallTime now = fromMillis(1'750'000'000'000);
  const WallTime before = now - std::chrono::hours(24 * 40);

  EXPECT_EQ(presenceText(PresenceWord::Offline, before, now), u"last seen "_s + timeText(before, now));
}

TEST(PresenceText, WhoIsHereHasNoTime) {
  const WallTime now = fromMillis(1'750'000'000'000);

  for (const PresenceWord word : {PresenceWord::Online, PresenceWord::Away, PresenceWord::Unknown})
    EXPECT_EQ(presenceText(word, now, now), presenceText(word, {}, now));
}

}  // namespace
}  // namespace gx::text
