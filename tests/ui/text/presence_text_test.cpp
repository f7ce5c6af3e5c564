// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/presence_text.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace gx::text
