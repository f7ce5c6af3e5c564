// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/time_text.h"

#include <gtest/gtest.h>

#include <QDateTime>

namespace gx::text {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

WallTime local(int day, int hour, int minute) {
  return fromMillis(QDateTime(QDate(2026, 3, day), QTime(hour, minute)).toMSecsSinceEpoch());
}

TEST(TimeText, ShortensByDistance) {
  const WallTime now = local(20, 15, 0);

  EXPECT_EQ(timeText(local(20, 14, 7), now), u"14:07"_s);
  EXPECT_EQ(timeText(local(19, 23, 59), now), u"yesterday 23:59"_s);
  EXPECT_EQ(timeText(local(16, 9, 5), now), u"Mon 09:05"_s);
  EXPECT_EQ(timeText(local(1, 9, 5), now), u"2026-03-01 09:05"_s);
}

TEST(TimeText, ATimeAheadOfOursIsWrittenInFull) {
  EXPECT_EQ(timeText(local(21, 1, 0), local(20, 23, 0)), u"2026-03-21 01:00"_s);
}

TEST(UntilText, CountsSecondsThenMinutes) {
  const WallTime now = local(20, 15, 0);

  EXPECT_EQ(untilText(now + 7200ms, now), u"in 8 s"_s);
  EXPECT_EQ(untilText(now + 150s, now), u"in 3 min"_s);
  EXPECT_EQ(untilText(now - 1s, now), u"now"_s);
}

TEST(TimeText, TheDayChangesAtMidnightNotAfterADay) {
  EXPECT_EQ(timeText(local(19, 23, 59), local(20, 0, 1)), u"yesterday 23:59"_s);
  EXPECT_EQ(timeText(local(20, 0, 0), local(20, 23, 59)), u"00:00"_s);
}

TEST(TimeText, AWeekAgoIsADate) {
  const WallTime now = local(20, 15, 0);

  EXPECT_EQ(timeText(local(14, 15, 0), now), u"Sat 15:00"_s);
  EXPECT_EQ(timeText(local(13, 15, 0), now), u"2026-03-13 15:00"_s);
}

TEST(UntilText, RoundsUpSoThatNothingIsPromisedTooEarly) {
  const WallTime now = local(20, 15, 0);

  EXPECT_EQ(untilText(now, now), u"now"_s);
  EXPECT_EQ(untilText(now + 1ms, now), u"in 1 s"_s);
  EXPECT_EQ(untilText(now + 119s, now), u"in 119 s"_s);
  EXPECT_EQ(untilText(now + 120s, now), u"in 2 min"_s);
  EXPECT_EQ(untilText(now + 121s, now), u"in 3 min"_s);
}

}  // namespace
}  // namespace gx::text
