// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/ids.h"

#include <gtest/gtest.h>

#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"

namespace gx {
namespace {

TEST(Uuid, SurvivesItsTextForm) {
  const QByteArray text = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

  const auto id = parseId<UserId>(text);

  ASSERT_TRUE(id);
  EXPECT_EQ(toText(*id), text);
  EXPECT_EQ(shortId(*id), "0190a1b2");
}

TEST(Uuid, RefusesEverythingButTheCanonicalForm) {
  for (const QByteArray &text :
       {QByteArray(), QByteArray("0190A1B2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
        QByteArray("0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"), QByteArray("{0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b}"),
        QByteArray("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5"), QByteArray("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g"),
        QByteArray("0190a1b2xc3d4-7e5f-8a9b-0c1d2e3f4a5b"), QByteArray("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5\0", 36)})
    EXPECT_FALSE(parseId<UserId>(text)) << text.constData();
}

TEST(Uuid, NewOnesAreVersionSevenAndOrderedByTime) {
  test::ManualClock clock;
  test::FixedRandom random;

  const auto first = newId<MessageId>(clock, random);
  clock.advance(std::chrono::milliseconds(1));
  const auto second = newId<MessageId>(clock, random);

  EXPECT_LT(first, second);
  EXPECT_EQ(toText(first)[14], '7');
  EXPECT_EQ(first.bytes[8] & 0xc0, 0x80);
  EXPECT_FALSE(first.isNull());
}

TEST(DeviceId, TakesOneToTwoToTheThirtyOneMinusOne) {
  EXPECT_EQ(parseDeviceId("1")->value, 1U);
  EXPECT_EQ(parseDeviceId("2147483647")->value, 2147483647U);
  for (const QByteArrayView text : {"", "0", "01", "-1", "+1", "1 ", "2147483648", "99999999999", "1e3", "0x1"})
    EXPECT_FALSE(parseDeviceId(text)) << text.data();
}

}  // namespace
}  // namespace gx
